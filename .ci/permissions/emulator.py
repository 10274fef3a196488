"""Asks a second evaluator, that of the emulator MiniStack, about every call that check.mjs evaluated: the answers must be the same."""
import json
import re
import subprocess
import sys
from pathlib import Path

from ministack.core import iam_evaluator

FOLDER = Path(__file__).parent
ROOT = FOLDER.parent.parent


def main():
    differences = 0
    for environment in ("dev", "prod"):
        model = json.loads(
            subprocess.check_output(["node", FOLDER / "templates.mjs", ROOT / "cdk" / "cdk.out" / environment])
        )
        calls = json.loads((ROOT / "target" / f"permissions-asked-{environment}.json").read_text())
        for call in calls:
            allowed = decide(model, call)
            if allowed != call["allowed"]:
                differences += 1
                print(
                    f"permissions: {environment}: {call['principal']} {call['action']} on {call['resource']} with "
                    f"{call.get('context') or {}} is {'allowed' if allowed else 'denied'} by the emulator's evaluator only: "
                    "find out in AWS's documentation which evaluator is right",
                    file=sys.stderr,
                )
        print(f"{environment}: the emulator's evaluator was asked about the same {len(calls)} calls")
    sys.exit(1 if differences else 0)


def decide(model, call):
    """Whether the emulator allows a call."""
    role = model["roles"].get(call["principal"])
    account = model["account"]
    # The emulator makes the calls of its services as an account's root: here, of an account that no policy names.
    caller = (
        re.sub(r":iam:(:\d+):role/(.*/)?", r":sts:\1:assumed-role/", role["arn"]) + "/session"
        if role
        else call["principal"]
        if call["principal"].startswith("arn:")
        else "arn:aws:iam::000000000000:root"
    )
    context = iam_evaluator.EvalContext(
        principal_arn=caller,
        principal_type="AssumedRole" if role else "Root",
        principal_account=account,
        action=call["action"],
        resource_arn=call["resource"],
        region=model["region"],
        secure_transport=True,
        service_context={key.lower(): single(value) for key, value in (call.get("context") or {}).items()},
    )
    if call["action"].startswith("sts:AssumeRole") or call["action"] == "sts:TagSession":
        trust = next((one["trust"] for one in model["roles"].values() if one["arn"] == call["resource"]), None)
        if trust:
            return iam_evaluator.evaluate_trust_policy(trust, caller, context)
    policy = resource_policy(model, call["resource"])
    if not role:
        return iam_evaluator.evaluate_resource_policy(policy, context, service=call["principal"]).decision == "Allow"
    identity = iam_evaluator.evaluate(
        context, [iam_evaluator.parse_policy_document(one["policy"]) for one in role["policies"]]
    )
    return iam_evaluator.combine_resource_policy(identity, context, policy, account).decision == "Allow"


def single(value):
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def resource_policy(model, arn):
    for one in (arn, arn.split("/")[0]):
        for resource in model["resources"].values():
            if resource.get("arn") == one and resource.get("policy"):
                return resource["policy"]
    return None


main()
