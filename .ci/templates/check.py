"""check.py <folder>: runs cfn-lint and checkov on the templates and manifests of each environment in the folder.

Fails for a finding without an answer in answers.txt, for an answer without a finding, and for a mutant that the linters accept:
a copy of a template or of a manifest with a fault that one of them has to find.
"""

import json
import os
import re
import subprocess
import sys
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

import yaml

ANSWERS = Path(__file__).with_name("answers.txt")
PROGRAMS = Path(sys.executable).parent
HASH = re.compile(r"([0-9A-F]{8}|[0-9A-F]{8}[0-9a-f]{32})$")


class Finding(NamedTuple):
    folder: str
    rule: str
    name: str
    message: str


class Answer(NamedTuple):
    rule: str
    pattern: str

    def fits(self, finding):
        return self.rule == finding.rule and fnmatchcase(finding.name, self.pattern)


# ---- The linters


def start(program, *arguments):
    """Starts a linter, which reads only local files."""
    environment = os.environ | {"BC_SKIP_MAPPING": "TRUE", "LOG_LEVEL": "ERROR"}
    return subprocess.Popen(
        [PROGRAMS / "python", PROGRAMS / program, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    )


def output(linter):
    """The output of a linter as JSON. A status other than 0 says that there are findings, or that it failed."""
    out, errors = linter.communicate()
    try:
        return json.loads(out)
    except json.JSONDecodeError:
        sys.exit(f"{linter.args[1]} failed: {errors or out}")


def lint(root):
    """The findings of all linters in a folder, and how many checks passed in the environments."""
    templates = sorted(root.rglob("*.template.json"))
    cfn_lint = start("cfn-lint", "--format", "json", "--regions", region(templates[0]), "--", *templates)
    checkov = [
        start("checkov", "--directory", root, "--framework", framework, "--output", "json", "--compact", "--skip-download")
        for framework in ("cloudformation", "kubernetes")
    ]
    findings = [cfn_lint_finding(root, found) for found in output(cfn_lint)]
    passed = 0
    for linter in checkov:
        report = output(linter)
        if report["summary"]["parsing_errors"]:
            sys.exit(f"checkov cannot read {report['results']['parsing_errors']}")
        findings += [checkov_finding(found) for found in report["results"]["failed_checks"]]
        passed += sum(not check["file_path"].startswith("/mutants/") for check in report["results"]["passed_checks"])
    return findings, passed


def region(template):
    """The region of an environment, which decides what cfn-lint knows about resource types."""
    arns = re.findall(r"arn:aws:\w+:([a-z]+-[a-z]+-\d):", template.read_text())
    return arns[0] if arns else "eu-central-1"


def stack(file):
    """The stack of a template."""
    return file.name.removesuffix(".template.json").split("-", 1)[1]


def cfn_lint_finding(root, found):
    file = Path(found["Filename"])
    path = [str(part) for part in found["Location"].get("Path") or []]
    name = HASH.sub("", path[1]) if path[:1] == ["Resources"] else "/".join(path)
    return Finding(str(file.parent.relative_to(root)), found["Rule"]["Id"], f"{stack(file)}/{name}", found["Message"])


def checkov_finding(found):
    file = Path(found["file_path"])
    name = found["resource"]
    if file.suffix == ".json":
        name = stack(file) + "/" + HASH.sub("", name.split(".", 1)[1])
    return Finding(str(file.parent).strip("/"), found["check_id"], name, found["check_name"])


# ---- The answers


def read_answers():
    answers = []
    for line in ANSWERS.read_text().splitlines():
        if line and not line.startswith("#"):
            if not re.fullmatch(r"\w+ [|] \S+( \S+)* [|] .{15,}", line):
                sys.exit(f"{ANSWERS.name}: not rule | names | reason: {line}")
            rule, names, _ = line.split(" | ", 2)
            answers += [Answer(rule, pattern) for pattern in names.split()]
    return answers


def unanswered(findings, answers):
    return [found for found in findings if not any(answer.fits(found) for answer in answers)]


def compare(findings, answers):
    """The problems of the environments: unanswered findings, and superfluous answers."""
    problems = {f"no answer: {found.rule} {found.name}: {found.message}" for found in unanswered(findings, answers)}
    for answer in answers:
        if not any(answer.fits(found) for found in findings):
            problems.add(f"nothing to answer: {answer.rule} | {answer.pattern}")
    return sorted(problems)


# ---- The mutants


def resource(template, kind):
    """The properties of the first resource of a type."""
    return next(body["Properties"] for body in template["Resources"].values() if body["Type"] == kind)


def add(template, name, kind, properties):
    template["Resources"][name] = {"Type": kind, "Properties": properties}


def container(manifests):
    deployment = next(manifest for manifest in manifests if manifest["kind"] == "Deployment")
    return deployment["spec"]["template"]["spec"]["containers"][0]


def open_to_all(port):
    return {"CidrIp": "0.0.0.0/0", "IpProtocol": "tcp", "FromPort": port, "ToPort": port, "Description": "open"}


# What is broken, the file, the change, and the rule that has to find it.
MUTANTS = [
    ("a public bucket", "network", lambda t: resource(t, "AWS::S3::Bucket").pop("PublicAccessBlockConfiguration"), "CKV_AWS_53"),
    (
        "SSH open to the Internet",
        "network",
        lambda t: add(t, "Open", "AWS::EC2::SecurityGroup", {"GroupDescription": "open", "SecurityGroupIngress": [open_to_all(22)]}),
        "CKV_AWS_24",
    ),
    ("a database without encryption", "database", lambda t: resource(t, "AWS::RDS::DBCluster").pop("StorageEncrypted"), "CKV_AWS_96"),
    ("a topic without encryption", "observability", lambda t: resource(t, "AWS::SNS::Topic").pop("KmsMasterKeyId"), "CKV_AWS_26"),
    (
        "Kubernetes Secrets without encryption",
        "cluster",
        lambda t: resource(t, "AWS::EKS::Cluster").pop("EncryptionConfig"),
        "CKV_AWS_58",
    ),
    (
        "a policy that allows everything",
        "functions",
        lambda t: resource(t, "AWS::IAM::Policy")["PolicyDocument"]["Statement"].append(
            {"Effect": "Allow", "Action": "*", "Resource": "*"}
        ),
        "CKV_AWS_62",
    ),
    (
        "a new function outside the VPC",
        "functions",
        lambda t: add(t, "Another", "AWS::Lambda::Function", {**resource(t, "AWS::Lambda::Function"), "FunctionName": "another"}),
        "CKV_AWS_117",
    ),
    (
        "a misspelt property",
        "functions",
        lambda t: resource(t, "AWS::SQS::Queue").update(VisibilityTimeOut=30),
        "E3002",
    ),
    ("a privileged container", "overlay", lambda m: container(m)["securityContext"].update(privileged=True), "CKV_K8S_16"),
    ("a writable file system", "overlay", lambda m: container(m)["securityContext"].pop("readOnlyRootFilesystem"), "CKV_K8S_22"),
]


def write_mutants(root):
    for number, (_, name, change, _) in enumerate(MUTANTS):
        folder = root / "mutants" / str(number)
        folder.mkdir(parents=True)
        if name == "overlay":
            manifests = list(yaml.safe_load_all((root / "dev/overlay.yaml").read_text()))
            change(manifests)
            (folder / "overlay.yaml").write_text(yaml.safe_dump_all(manifests))
        else:
            file = f"dev-{name}.template.json"
            template = json.loads((root / "dev" / file).read_text())
            change(template)
            (folder / file).write_text(json.dumps(template))


def survivors(findings, answers):
    """The mutants whose fault is no unanswered finding of the expected rule."""
    for number, (fault, _, _, rule) in enumerate(MUTANTS):
        found = [found for found in unanswered(findings, answers) if found.folder == f"mutants/{number}"]
        if rule not in {finding.rule for finding in found}:
            yield f"{rule} does not find {fault}, but {sorted({finding.rule for finding in found})}"


def main():
    root = Path(sys.argv[1]).resolve()
    environments = sorted(folder.name for folder in root.iterdir())
    write_mutants(root)
    answers = read_answers()
    findings, passed = lint(root)
    real = [found for found in findings if found.folder in environments]
    problems = compare(real, answers) + list(survivors(findings, answers))
    # An answer without a finding has to be a problem, too.
    if not compare(real, [*answers, Answer("CKV_AWS_18", "network/Other")]):
        problems.append("a superfluous answer is accepted")
    if problems:
        sys.exit("\n".join(problems))
    rules = len({answer.rule for answer in answers})
    print(f"{', '.join(environments)}: {passed} checks of checkov passed; {len(real)} findings of {rules} rules have answers")
    print(f"{len(MUTANTS)} of {len(MUTANTS)} mutants caught")


if __name__ == "__main__":
    main()
