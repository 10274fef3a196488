"""Reads back the Helm releases of the templates from the Kubernetes API server behind the emulated EKS cluster."""

import json
import os
import subprocess
import time

RELEASE = "Custom::AWSCDK-EKS-HelmChart"


# The flags of helm that CDK's function makes of the properties of a release: with a value, and without.
VALUES = {"Repository": "--repo", "Version": "--version", "Namespace": "--namespace", "Timeout": "--timeout"}
SWITCHES = {"Wait": "--wait", "Atomic": "--atomic", "CreateNamespace": "--create-namespace"}


class Releases:
    """The releases that the templates in a folder declare.

    `work` is the rehearsal's folder, with the layer's programs in opt, the log of helm.py in helm.jsonl and the cluster's
    kubeconfig in kubernetes. Each check returns its name, whether it passed, and a detail.
    """

    def __init__(self, work, folder):
        self.work = work
        stacks = {name: each for name, each in json.loads((folder / "manifest.json").read_text())["artifacts"].items()
                  if each["type"] == "aws:cloudformation:stack"}
        templates = {name: json.loads((folder / each["properties"]["templateFile"]).read_text()) for name, each in stacks.items()}
        self.declared = {each["Properties"]["Release"]: each["Properties"]
                         for template in templates.values() for each in template["Resources"].values() if each["Type"] == RELEASE}
        self.before = before(stacks, templates)

    def checks(self):
        """After the deployment of all stacks."""
        return [self.check_flags(), self.check_installed(), eventually(self.check_secrets), eventually(self.check_application)]

    def installed(self, properties):
        """The properties of a release, as CDK's function gave them to helm."""
        call = next(call for call in reversed(self.calls("upgrade")) if call["words"][1] == properties["Release"])
        _, release, chart, *flags = call["words"]
        return {"Release": release, "Chart": chart, "Values": json.dumps(call["values"]),
                **{name: flags[flags.index(flag) + 1] for name, flag in VALUES.items() if flag in flags},
                **{name: flag in flags for name, flag in SWITCHES.items()}}

    def check_flags(self):
        """The last call of helm for each release succeeded, or failed only at the download of the chart."""
        name = f"helm accepts the flags of {len(self.declared)} releases, and asks the cluster for them"
        calls = {call["words"][1]: call for call in self.calls("upgrade")}
        wrong = [f"{release} was not installed" for release in self.declared if release not in calls]
        wrong += [call["said"] for call in calls.values() if call["status"] != 0 and not call["missing chart"]]
        missing = any(call["missing chart"] for call in calls.values())
        return name, not wrong, "; ".join(wrong) or ("without charts, so nothing is installed; CHARTS=<folder> installs them"
                                                     if missing else "all charts installed")

    def check_installed(self):
        """Without charts, there is nothing to check."""
        name = "the API server accepts the objects of all releases, strictly"
        found = {each["name"]: (each["namespace"], each["chart"], each["status"])
                 for each in json.loads(self.run("helm/helm-real", "list", "--all-namespaces", "--output", "json"))}
        expected = {release: (each["Namespace"], f"{each['Chart']}-{each['Version']}", "deployed") for release, each in self.declared.items()}
        if found != (expected if os.environ.get("CHARTS") else {}):
            return name, False, f"helm list has {found}, not {expected}"
        objects = 0
        for release, (namespace, *_) in found.items():
            manifest = self.run("helm/helm-real", "get", "manifest", release, "--namespace", namespace)
            try:
                applied = self.run("kubectl/kubectl", "apply", "--server-side", "--dry-run=server", "--validate=strict", "--field-manager", "helm",
                                   "--namespace", namespace, "--filename", "-", input=manifest)
            except subprocess.CalledProcessError as refused:
                return name, False, f"{release}: {refused.stderr}"
            objects += len(applied.splitlines())
        return name, True, f"{len(found)} releases, {objects} objects"

    def check_secrets(self):
        name = "each ExternalSecret names a secret and properties that exist"
        secrets = json.loads(self.run("kubectl/kubectl", "get", "externalsecrets", "--all-namespaces", "--output", "json"))["items"]
        missing = [each["metadata"]["name"] for each in secrets if not each.get("status", {}).get("conditions")]
        return name, not missing, f"not synced: {missing}" if missing else f"{len(secrets)} synced"

    def check_uninstalled(self):
        """After the deletion of all stacks, from the log: the cluster no longer exists."""
        name = f"helm uninstalls {len(self.declared)} releases in reverse order"
        last = {call["words"][1]: call for call in self.calls("uninstall")}
        if set(last) != set(self.declared):
            return name, False, f"uninstalled: {sorted(last)}"
        if failed := [call["said"] for call in last.values() if call["status"] != 0 and os.environ.get("CHARTS")]:
            return name, False, f"{failed}"
        wrong = [f"{second} needs {first}" for first, second in self.before if last[first]["began"] < last[second]["ended"]]
        return name, not wrong, ", ".join(wrong)

    def check_application(self):
        """The stand-in for Argo CD has applied the application's manifests, and its pods are admitted and scheduled."""
        name = "the API server accepts the application's manifests, strictly, and schedules its pods"
        try:
            status = json.loads(self.run("kubectl/kubectl", "--namespace", "reverser", "get", "deployment", "reverser", "--output", "json"))["status"]
        except subprocess.CalledProcessError as absent:
            return name, False, absent.stderr
        return name, status.get("availableReplicas", 0) == status.get("replicas"), f"{status.get('availableReplicas', 0)} of {status.get('replicas')} pods"

    def calls(self, verb):
        log = self.work / "helm.jsonl"
        calls = [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []
        return [call for call in calls if call["words"][0] == verb]

    def run(self, program, *words, input=None):
        kubeconfig = next((self.work / "kubernetes").glob("*/admin.kubeconfig"))
        return subprocess.run([self.work / "opt" / program, *words], input=input, check=True, capture_output=True, text=True,
                              env={**os.environ, "KUBECONFIG": str(kubeconfig)}).stdout


def eventually(check):
    """The result of a check that passes within a minute, or the last one."""
    end = time.time() + 60
    while not (result := check())[1] and time.time() < end:
        time.sleep(1)
    return result


def before(stacks, templates):
    """The pairs of releases of which the first is installed before the second, because a resource or a stack needs the other."""
    releases = {name: {logical_id: each["Properties"]["Release"] for logical_id, each in template["Resources"].items() if each["Type"] == RELEASE}
                for name, template in templates.items()}
    pairs = [(first, second) for name, stack in stacks.items() for needed in stack.get("dependencies", [])
             for first in releases.get(needed, {}).values() for second in releases[name].values()]
    for name, own in releases.items():
        for logical_id, second in own.items():
            pairs += [(own[needed], second) for needed in templates[name]["Resources"][logical_id].get("DependsOn", []) if needed in own]
    return pairs
