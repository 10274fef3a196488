"""Variants of an environment's settings, and what each of them changes in the account."""
import os
import re
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class Variant:
    """A changed setting: a pattern in the settings file that matches once, its replacement, and the changes per stack."""
    name: str
    pattern: str
    replacement: str
    changes: dict = field(default_factory=dict)


def update(*types):
    return [("Modify", each) for each in types]


VARIANTS = [
    Variant("access rules", r"(name: view,.*max_duration: )8h", r"\g<1>4h"),
    Variant("alarm routes", r"(names: \[\"\*-database-\*\"\], channel: )C0DATABASE", r"\1C0DATABASES"),
    Variant("maintenance windows", r"(name: sunday night,.*length: 3h, cutoff: )1h", r"\g<1>30m"),
    Variant("database size", r"max_acu: 8", "max_acu: 16"),
    Variant("number of nodes", r"(nodes: \{type: \S+, min: \d, max: )\d+", r"\g<1>20"),
    Variant("Argo CD's channel", r"slack_channel: platform-\w+", "slack_channel: platform"),
    Variant("log retention", r"log_retention_days: 30", "log_retention_days: 90"),
]


def change(settings, variants):
    for variant in variants:
        settings, count = re.subn(variant.pattern, variant.replacement, settings)
        assert count == 1, f"the settings match the variant '{variant.name}' {count} times"
    return settings


def write(environment, folder):
    """Writes a folder for each variant, for all variants together, and for none, from which SynthCommand can synthesise."""
    settings = (ROOT / f"cdk/config/{environment}.yaml").read_text()
    for name, variants in {"none": [], "all": VARIANTS, **{each.name: [each] for each in VARIANTS}}.items():
        repository = folder / name
        (repository / "cdk/config").mkdir(parents=True)
        for shared in ("lambdas", "helm-values", "cdk/node_modules", "cdk/config/settings.schema.json"):
            os.symlink(ROOT / shared, repository / shared)
        (repository / f"cdk/config/{environment}.yaml").write_text(change(settings, variants))
    return {path.name: path for path in folder.iterdir()}


def expected_changes(variant, stack):
    return sorted(variant.changes.get(stack, []))
