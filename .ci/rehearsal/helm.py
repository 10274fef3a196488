#!python
"""Stands in the place of helm in the layer with which CDK deploys: runs the layer's helm, and logs the call in $HELM_LOG.

When $CHARTS names a folder of unpacked charts, the chart comes from there instead of from its repository. Otherwise helm cannot reach
the repository, and the failed download counts as success: helm has read the flags and has asked the cluster for the release by then.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

MISSING_CHART = re.compile(
    r"Release \"[^\"]+\" does not exist. Installing it now.\n"
    r"Error: looks like \"https://[^\"]+\" is not a valid chart repository or cannot be reached: Get ")


def from_folder(words, charts):
    """The same words with the chart of the folder, which must have the version that the words ask for."""
    verb, release, chart, *flags = words
    flag = lambda name: flags[flags.index(name) + 1]
    repository = flags.index("--repo")
    folder = Path(charts) / chart
    found = re.search(r"^version: \"?([^\"\s]+)", (folder / "Chart.yaml").read_text(), re.MULTILINE)[1]
    if found != flag("--version"):
        sys.exit(f"{folder} has version {found} instead of {flag('--version')}")
    return [verb, release, str(folder), *flags[:repository], *flags[repository + 2:]]


def main():
    words = sys.argv[1:]
    charts = os.environ.get("CHARTS")
    began = time.time()
    with tempfile.TemporaryDirectory() as cache:
        # The token for the cluster is a signed call of AWS's own STS, which the emulator verifies and nobody makes. Nothing listens at
        # the proxy, which does not apply to the API server on this machine.
        done = subprocess.run(
            ["/opt/helm/helm-real", *(from_folder(words, charts) if charts and words[0] == "upgrade" else words)],
            env={**os.environ, "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true", "HELM_CACHE_HOME": cache, "HTTPS_PROXY": "http://127.0.0.1:9"},
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    missing = not charts and done.returncode != 0 and bool(MISSING_CHART.search(done.stdout))
    call = {"words": words, "began": began, "ended": time.time(), "status": done.returncode, "missing chart": missing, "said": done.stdout}
    if "--values" in words:
        call["values"] = json.loads(Path(words[words.index("--values") + 1]).read_text())
    with open(os.environ["HELM_LOG"], "a") as log:
        log.write(json.dumps(call) + "\n")
    sys.stdout.write(done.stdout)
    sys.exit(0 if missing else done.returncode)


main()
