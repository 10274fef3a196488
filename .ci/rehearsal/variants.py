"""Variants of an environment's settings, and what each of them changes in the account."""
import os
import re
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class Variant:
    """A changed setting: a pattern in the settings file that matches once, and its replacement. It changes these resources of a stack,
    and every resource of one type."""
    name: str
    pattern: str
    replacement: str
    changes: dict = field(default_factory=dict)
    every: str = ""

    def expected(self, stack, template):
        types = [resource["Type"] for resource in template["Resources"].values()]
        return sorted(self.changes.get(stack, []) + modify(self.every, types.count(self.every)))


def modify(kind, number=1):
    return number * [("Modify", kind)]


# A layer is replaced, so each of these functions gets a new version, and its alias points to this version.
def layer(functions):
    return modify("AWS::Lambda::LayerVersion") + functions * [
        ("Add", "AWS::Lambda::Version"), ("Remove", "AWS::Lambda::Version"), ("Modify", "AWS::Lambda::Alias")]


VARIANTS = [
    Variant("access rules", r"(name: view,.*max_duration: )8h", r"\g<1>4h", {"functions": layer(2)}),
    Variant("alarm routes", r"(names: \[\"\*-database-\*\"\], channel: )C0DATABASE", r"\1C0DATABASES", {"functions": layer(1)}),
    Variant("maintenance windows", r"(name: sunday night,.*length: 3h, cutoff: )1h", r"\g<1>30m", {
        "functions": layer(1), "rotation": layer(1) + modify("AWS::SecretsManager::RotationSchedule")}),
    Variant("database size", r"max_acu: 8", "max_acu: 16", {"database": modify("AWS::RDS::DBCluster")}),
    Variant("number of nodes", r"(nodes: \{type: \S+, min: \d, max: )\d+", r"\g<1>20", {"cluster": modify("AWS::EKS::Nodegroup")}),
    Variant("Argo CD's channel", r"slack_channel: platform-\w+", "slack_channel: platform", {"argocd": modify("Custom::AWSCDK-EKS-HelmChart")}),
    Variant("log retention", r"log_retention_days: 30", "log_retention_days: 90", {"network": modify("AWS::S3::Bucket")}, every="AWS::Logs::LogGroup"),
]


def change(settings, variants):
    for variant in variants:
        settings, count = re.subn(variant.pattern, variant.replacement, settings)
        assert count == 1, f"the settings match the variant '{variant.name}' {count} times"
    return settings


def write(environment, folder, seeds):
    """Writes folders from which SynthCommand can synthesise: one without changes, for stacks without protection; one without changes;
    one for each variant; one for all variants; one for all variants of an environment that is about to be deleted; and one for each
    seed, from which Synthesis.java draws other settings."""
    settings = (ROOT / f"cdk/config/{environment}.yaml").read_text()
    unprotected = change(settings, VARIANTS).replace("deletion_protection: true", "deletion_protection: false")
    texts = {"unprotected": settings, "none": settings, **{each.name: change(settings, [each]) for each in VARIANTS},
             "all": change(settings, VARIANTS), "deleted": unprotected, **{f"seed {seed}": settings for seed in seeds}}
    for name, text in texts.items():
        repository = folder / name
        (repository / "cdk/config").mkdir(parents=True)
        for shared in ("lambdas", "helm-values", "cdk/node_modules", "cdk/config/settings.schema.json"):
            os.symlink(ROOT / shared, repository / shared)
        (repository / f"cdk/config/{environment}.yaml").write_text(text)
    return {name: folder / name for name in texts}
