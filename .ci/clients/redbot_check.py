"""redbot_check.py <address of the reverser>: fails if REDbot complains about a response."""

import json
import subprocess
import sys
from pathlib import Path

PATHS = ["/", "/ip", "/reversed", "/json", "/stats", "/assets/page.css", "/q/openapi", "/nowhere"]


def complaints(url: str) -> list[str]:
    """The warnings and errors of REDbot about the response to GET, as texts."""
    redbot = Path(sys.executable).parent / "redbot"
    report = subprocess.run([redbot, "-o", "har", url], check=True, capture_output=True, timeout=60, text=True).stdout
    entries = json.loads(report)["log"]["entries"]
    assert entries, f"REDbot made no request to {url}"
    return [
        note["subject"] + ": " + note["summary"]
        for entry in entries
        for note in entry["_red_messages"]
        if note["level"] in ("WARN", "BAD")
    ]


def main() -> None:
    found = [f"{path}: {text}" for path in PATHS for text in complaints(sys.argv[1] + path)]
    if found:
        sys.exit("REDbot complains:\n" + "\n".join(found))
    print(f"REDbot has no complaint about {len(PATHS)} paths")


main()
