"""Deploys an environment into an emulator of AWS, breaks it, changes it and deletes it; .ci/rehearsal/run calls this script.

Arguments: the environment, the seeds of random settings in one word, then the command that synthesises the environment from folders.
Everything listens on 127.0.0.1.
"""
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import zipfile
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import yaml
from ministack.services.cloudformation.engine import _topological_sort

import journeys
import read_back
import variants
from account import Account
from kubernetes_user import check_standing_access, create_role
from releases import RELEASE, Releases

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
CDK = ROOT / "cdk"
COLUMNS = ("properties", "compared", "unreadable", "broken, repeated", "deployed", "no change", "change exact", "destroyed")


class Rehearsal:
    """An environment in an account of its own: `folder` has the layout of the repository, with the settings and the templates."""

    def __init__(self, environment, folder, label=""):
        self.environment, self.label, self.templates = environment, label, folder / "cdk/cdk.out" / environment
        self.settings = folder / f"cdk/config/{environment}.yaml"
        self.work = Path(tempfile.mkdtemp(prefix="rehearsal-"))
        manifest = json.loads((self.templates / "manifest.json").read_text())
        stacks = {name: each for name, each in manifest["artifacts"].items() if each["type"] == "aws:cloudformation:stack"}
        self.stacks = sorted(stacks)
        self.is_protected = any(each["properties"].get("terminationProtection") for each in stacks.values())
        number, region = re.fullmatch(r"aws://(\d+)/(.+)", next(iter(stacks.values()))["environment"]).groups()
        with socket.create_server(("127.0.0.1", 0)) as listener:
            self.account = Account(number, region, listener.getsockname()[1])
        self.table = {stack: dict.fromkeys(COLUMNS, "-") for stack in self.stacks}
        self.errors, self.results, self.unreadable = [], [], set()
        self.journeys = None
        self.synthesising = None
        self.releases = Releases(self.work, self.templates)

    def template(self, stack, folder=None):
        return json.loads(((folder or self.templates) / f"{stack}.template.json").read_text())

    # Tools

    def report(self, phase, began, *words):
        print(f"{time.time() - began:5.0f} s  {self.label}{phase}", *words, flush=True)

    def check(self, column, failures):
        """Writes a column of the table: failures maps a stack to what is wrong with it."""
        for stack in self.stacks:
            self.table[stack][column] = "FAILED" if failures.get(stack) else "yes"
        self.errors += [f"{stack}: {error}" for stack, errors in failures.items() for error in errors]

    def unpack_layers(self):
        """What CDK's functions find in /opt, from the layers as they are deployed: kubectl, helm and the AWS CLI."""
        opt = self.work / "opt"
        for layer in self.templates.glob("asset.*.zip"):
            with zipfile.ZipFile(layer) as content:
                if any(name.startswith(("helm/", "awscli/")) for name in content.namelist()):
                    content.extractall(opt)
        aws = opt / "awscli/aws"
        aws.write_text(f"#!{sys.executable}\n" + aws.read_text().split("\n", 1)[1])
        (opt / "helm/helm").rename(opt / "helm/helm-real")
        (opt / "helm/helm").write_text((HERE / "helm.py").read_text().replace("#!python", f"#!{sys.executable}", 1))
        for program in ("helm/helm", "helm/helm-real", "kubectl/kubectl", "awscli/aws"):
            (opt / program).chmod(0o755)
        return opt

    def start(self):
        began = time.time()
        (self.work / "tmp").mkdir()
        self.fail()
        environment = {**self.account.environment, "TMPDIR": str(self.work / "tmp"), "BIND_HOST": "127.0.0.1", "MINISTACK_HOST": "127.0.0.1",
                       "GATEWAY_PORT": str(self.account.port), "MINISTACK_REGION": self.account.region, "MINISTACK_ACCOUNT_ID": self.account.number,
                       # It would listen on all addresses.
                       "IOT_MTLS_ENABLED": "0",
                       "AUTH": "true", "FAILURES": str(self.work / "failures.json"), "HELM_LOG": str(self.work / "helm.jsonl"), "REHEARSAL_FOLDER": str(self.work)}
        self.journeys = journeys.start(self.account, self.work, self.environment, self.settings)
        environment |= self.journeys.environment
        namespace = ["unshare", "--mount", "--propagation", "private", *([] if os.getuid() == 0 else ["--map-root-user"])]
        with open(self.work / "emulator.log", "wb") as log:
            self.emulator = subprocess.Popen(
                [*namespace, "sh", "-c", 'mount --bind "$1" /opt && exec setpriv --pdeathsig TERM "$2" "$3"', "sh",
                 self.unpack_layers(), sys.executable, HERE / "emulator.py"], env=environment, stdout=log, stderr=log)
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{self.account.endpoint}/_ministack/health").close()
                return self.report("the emulator starts", began)
            except OSError:
                time.sleep(0.2)
        sys.exit(f"the emulator did not start, see {self.work / 'emulator.log'}")

    def stop(self):
        if self.journeys:
            self.journeys.close()
        if self.synthesising:
            self.synthesising.kill()
        self.emulator.terminate()
        self.emulator.wait(30)

    def fail(self, *resources):
        """Fails each of these resources once, given as stack and logical ID; replaces earlier failures that did not happen yet."""
        (self.work / "failures.json").write_text(json.dumps(resources))

    def cdk(self, *words):
        """Runs the CDK CLI. Returns whether it succeeded, and its output."""
        return self.call(words[0], "node", CDK / "node_modules/aws-cdk/bin/cdk", *words, "--no-notices")

    def call(self, name, *command):
        environment = {**self.account.environment, "CDK_DISABLE_VERSION_CHECK": "1", "CI": "true"}
        done = subprocess.run(command, cwd=self.work, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        output = re.sub(r"\x1b\[[0-9;]*m", "", done.stdout)
        (self.work / f"cdk-{len(list(self.work.glob('cdk-*'))):02}-{name}.log").write_text(output)
        return done.returncode == 0, output

    def deploy(self, folder):
        """Deploys all stacks, and compares the passwords before and after. Returns whether it succeeded, and CDK's output."""
        with self.account.deployment:
            before = self.account.passwords()
            succeeded, output = self.cdk("deploy", "--all", "--app", folder, "--require-approval", "never", "--concurrency", "4")
            after = self.account.passwords()
        self.errors += [f"a deployment changed the password in {arn}" for arn in before if arn in after and before[arn] != after[arn]]
        return succeeded, output

    def must(self, phase, result):
        succeeded, output = result
        if not succeeded:
            reasons = re.findall(r".*(?:_FAILED|❌).*", output)
            raise SystemExit(f"{phase} failed, see {self.work}\n" + "\n".join(reasons or output.splitlines()[-15:]))
        return output

    # Phases

    def bootstrap(self, *command):
        began = time.time()
        self.must("bootstrap", self.call("bootstrap", *command))
        secrets, settings = defaultdict(dict), yaml.safe_load(self.settings.read_text())
        secrets[settings["operations"]["slack_secret"]] |= self.journeys.slack_secret
        secrets[settings["delivery"]["git_secret"]] |= {"username": "git", "password": "none"}
        for name, values in secrets.items():
            self.account.client("secretsmanager").create_secret(Name=name, SecretString=json.dumps(values))
        # The settings name roles that exist before the first deployment.
        for role in sorted(set(re.findall(r"arn:aws:iam::\d+:role/[\w+=,.@/-]+", self.settings.read_text()))):
            create_role(self.account, role)
        self.before = self.account.inventory()
        self.report("./platform bootstrap", began)

    def deploy_broken(self):
        """Deploys everything for the first time, while the last resource of each stack fails once; repeats the command each time."""
        began = time.time()
        first = self.synthesized("unprotected")
        self.fail(*([stack, last_resource(self.template(stack))] for stack in self.stacks))
        failures = defaultdict(list)
        broken = set()
        for calls in range(1, len(self.stacks) + 3):
            succeeded, output = self.deploy(first)
            for stack, status in self.account.stacks().items():
                if status in ("ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "CREATE_FAILED"):
                    broken.add(stack)
                    failures[stack] += [f"{logical_id}: {reason}" for logical_id, reason in self.account.failures(stack)
                                        if "fails this resource once" not in reason]
            if succeeded:
                break
        else:
            self.must("cdk deploy, repeated", (succeeded, output))
        for stack in set(self.stacks) - broken:
            failures[stack].append("did not fail, so the rehearsal proves nothing about it")
        self.check("broken, repeated", failures)
        if self.is_protected:
            self.must("cdk deploy of protected stacks", self.deploy(self.templates))
        statuses = self.account.stacks()
        self.check("deployed", {stack: [f"its status is {statuses.get(stack)}"] for stack in self.stacks
                                if statuses.get(stack) not in ("CREATE_COMPLETE", "UPDATE_COMPLETE")})
        self.report("cdk deploy --all", began, f"({calls} calls, because each stack fails once)")

    def read_back(self):
        began = time.time()
        for stack in self.stacks:
            comparison = read_back.compare(stack, self.template(stack), self.account, {RELEASE: self.releases.installed})
            self.table[stack] |= {"properties": comparison.properties, "compared": comparison.compared, "unreadable": len(comparison.unreadable)}
            self.unreadable |= {(name, stack) for name in comparison.unreadable}
            self.errors += [f"{stack}: {difference}" for difference in comparison.differences]
        self.report("reading back", began)

    def deploy_again(self):
        began = time.time()
        output = self.must("the second cdk deploy", self.deploy(self.templates))
        unchanged = set(re.findall(r"✅  (\S+) \(no changes\)", output))
        failures = {stack: ["a second deployment changes it"] for stack in set(self.stacks) - unchanged}
        output = self.must("cdk diff", self.cdk("diff", "--app", self.templates))
        for stack, difference in re.findall(r"^Stack (\S+)\n(.*?)(?=^Stack |\Z)", output, re.MULTILINE | re.DOTALL):
            if "There were no differences" not in difference:
                failures.setdefault(stack, []).append("cdk diff shows differences")
        self.check("no change", failures)
        self.report("cdk deploy --all again, and cdk diff", began)

    def synthesize(self, command, seeds):
        """Starts a JVM that synthesises the settings again, variants of them, and random settings."""
        self.variants = variants.write(self.environment, self.work / "variants", seeds)
        with open(self.work / "synthesis.log", "wb") as log:
            self.synthesising = subprocess.Popen([*command, self.environment, *self.variants.values()], stdout=log, stderr=log)

    def synthesized(self, name):
        """The folder with the templates of a variant, once they are written."""
        while name not in (self.work / "synthesis.log").read_text().splitlines():
            if self.synthesising.poll():
                sys.exit(f"the variant '{name}' of the settings does not synthesise, see {self.work / 'synthesis.log'}")
            time.sleep(0.5)
        [templates] = (self.variants[name] / "cdk/cdk.out").iterdir()
        return templates

    def compare_syntheses(self):
        """The templates and assets of two JVMs are the same."""
        again = self.synthesized("none")
        for stack in self.stacks:
            for file in (f"{stack}.template.json", f"{stack}.assets.json"):
                if (self.templates / file).read_bytes() != (again / file).read_bytes():
                    self.errors.append(f"two syntheses of the same settings differ: {file}")

    def changes(self, stack, name):
        """What differs between the templates of a stack without and with a changed setting, as in `cdk diff`."""
        before, after = self.template(stack), self.template(stack, self.synthesized(name))
        old, new = before.pop("Resources"), after.pop("Resources")
        found = [("Add", new[each]["Type"]) for each in new.keys() - old.keys()]
        found += [("Remove", old[each]["Type"]) for each in old.keys() - new.keys()]
        found += [("Modify", old[each]["Type"]) for each in old.keys() & new.keys() if old[each] != new[each]]
        return sorted(found + ([] if before == after else [("Modify", "something else than a resource")]))

    def change_settings(self):
        began = time.time()
        self.compare_syntheses()
        failures = defaultdict(list)
        for variant in variants.VARIANTS:
            for stack in self.stacks:
                found = self.changes(stack, variant.name)
                expected = variant.expected(stack.removeprefix(f"{self.environment}-"), self.template(stack))
                if found != expected:
                    failures[stack].append(f"{variant.name}: changes {describe(found)}, not {describe(expected)}")
        self.report(f"differences of {len(variants.VARIANTS)} changed settings", began)
        return failures

    def deploy_changed(self, failures):
        """Deploys all changed settings together; the first update fails at its last resource."""
        began = time.time()
        changed = self.synthesized("all")
        stack = f"{self.environment}-functions"
        last = [logical_id for logical_id in creation_order(self.template(stack, changed))
                if self.template(stack, changed)["Resources"][logical_id] != self.template(stack)["Resources"].get(logical_id)][-1]
        self.fail([stack, last])
        succeeded, _ = self.deploy(changed)
        if succeeded or self.account.stacks()[stack] != "UPDATE_ROLLBACK_COMPLETE":
            failures[stack].append(f"the failing update of {last} was not rolled back: {self.account.stacks()[stack]}")
        self.must("cdk deploy of changed settings", self.deploy(changed))
        for alias in self.account.stale_aliases():
            failures[stack].append(f"{alias} does not call what was deployed last")
        self.check("change exact", failures)
        self.report("cdk deploy --all of changed settings", began, "(2 calls, because an update fails once)")

    def destroy(self):
        began = time.time()
        if self.is_protected:
            deployed = self.account.inventory()
            succeeded, _ = self.cdk("destroy", "--all", "--force", "--app", self.synthesized("all"))
            if succeeded or self.account.inventory() != deployed:
                self.errors.append("cdk destroy deletes a protected environment")
            self.must("cdk deploy without protection", self.deploy(self.synthesized("deleted")))
        self.delete(self.synthesized("deleted"))
        self.report("cdk destroy --all", began)

    def delete(self, templates):
        self.must("cdk destroy", self.cdk("destroy", "--all", "--force", "--app", templates))
        remaining = self.account.stacks()
        self.check("destroyed", {stack: [f"its status is {remaining[stack]}"] for stack in self.stacks if stack in remaining})
        after = self.account.inventory()
        self.errors += [f"cdk destroy leaves the {kind} {name}" for kind in after for name in sorted(after[kind] - self.before[kind])]

    def rehearse_settings(self, seed):
        """Deploys random accepted settings, uses them and deletes them, in an account of their own."""
        templates = self.synthesized(f"seed {seed}")
        other = Rehearsal(templates.name, templates.parent.parent.parent, f"seed {seed}: ")
        began = time.time()
        try:
            other.start()
            other.bootstrap("node", CDK / "node_modules/aws-cdk/bin/cdk", "bootstrap", f"aws://{other.account.number}/{other.account.region}")
            other.must("cdk deploy", other.deploy(templates))
            other.read_back()
            other.results = [other.releases.check_flags(), other.releases.check_installed(), *other.journeys.run_first()]
            other.delete(templates)
        except SystemExit as failed:
            other.errors.append(str(failed))
        finally:
            other.stop()
        other.report(f"the whole rehearsal of the environment {other.environment}", began)
        other.errors += [f"{name}: {detail}" for name, passed, detail in other.results if not passed]
        self.errors += [f"seed {seed}: {error}" for error in other.errors]
        self.results.append(("random accepted settings deploy, their functions start, and they are deleted", not other.errors,
                             f"seed {seed}{', see ' + str(other.work) if other.errors else ''}"))
        if not other.errors:
            shutil.rmtree(other.work)

    def run(self, seeds, synthesis):
        began = time.time()
        self.start()
        self.synthesize(synthesis, seeds)
        try:
            self.bootstrap(ROOT / "platform", "bootstrap", self.environment)
            self.deploy_broken()
            # Before the journeys, because a rotation changes what was deployed.
            self.read_back()
            self.results += self.releases.checks()
            self.results.append(check_standing_access(self.account, self.work, self.environment, self.template(f"{self.environment}-cluster")))
            with ThreadPoolExecutor(1) as threads:
                results = threads.submit(self.journeys.run)
                self.deploy_again()
                self.deploy_changed(self.change_settings())
                for seed in seeds:
                    self.rehearse_settings(seed)
                self.results += results.result()
            self.destroy()
            self.results.append(self.releases.check_uninstalled())
        finally:
            self.stop()
        self.report("the whole rehearsal", began)
        self.print_results()
        if self.errors:
            sys.exit("\n".join(["", *sorted(set(self.errors)), f"see {self.work}"]))
        shutil.rmtree(self.work)

    def print_results(self):
        print("\n| stack | " + " | ".join(COLUMNS) + " |")
        print("|---" * (len(COLUMNS) + 1) + "|")
        for stack in self.stacks:
            print(f"| {stack} | " + " | ".join(str(self.table[stack][column]) for column in COLUMNS) + " |")
        if self.unreadable:
            names = defaultdict(list)
            for name, stack in sorted(self.unreadable):
                names[name].append(stack)
            print("\nProperties that the emulator does not return:")
            print("\n".join(f"- {name} ({', '.join(stacks)})" for name, stacks in names.items()))
        if self.results:
            print("\nJourneys through deployed wiring, and releases in Kubernetes:")
            for name, passed, detail in self.results:
                print(f"- {'passed' if passed else 'FAILED'}: {name}{f' ({detail})' if detail else ''}")
                self.errors += [] if passed else [f"journey: {name}: {detail}"]


def describe(changes):
    return ", ".join(f"{action} {kind}" for action, kind in changes) or "nothing"


def creation_order(template):
    """The logical IDs in the order in which the emulator creates or updates them."""
    return _topological_sort(template["Resources"], {})


def last_resource(template):
    return creation_order(template)[-1]


if __name__ == "__main__":
    name, numbers, *command = sys.argv[1:]
    Rehearsal(name, ROOT).run(numbers.split(), command)
