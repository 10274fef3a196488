"""Puts a real Kubernetes control plane behind the emulated EKS cluster.

MiniStack starts k3s in a Docker container for each cluster. It gives k3s a webhook that verifies the tokens of `aws eks get-token`,
and writes the cluster's access entries into it as RBAC objects. This module gives MiniStack a Docker client with one kind of
container: the control plane of .ci/kubernetes, whose nodes run nothing; see programs.py.
"""

import io
import os
import shlex
import socket
import subprocess
import tarfile
import tempfile
import threading
import time
from pathlib import Path

from botocore.exceptions import ClientError
from ministack.core import lambda_runtime
from ministack.services import eks
from ministack.services.cloudformation import provisioners

from programs import ApiServer, Programs
from taught_types import aws

ROOT = Path(__file__).resolve().parent.parent.parent
CERTIFICATE_OF_K3S = "/var/lib/rancher/k3s/server/tls/server-ca.crt"
CERTIFICATE = "certificates/apiserver.crt"


class ControlPlane:
    """The container of a cluster, as far as MiniStack uses it."""

    def __init__(self, folder, name, port):
        self.id = name
        self.port = port
        self.folder = folder / name
        self.folder.mkdir(parents=True, exist_ok=True)
        self.name, self.version = next((cluster["name"], cluster["version"]) for _, cluster in eks._clusters.all_items()
                                       if name.endswith(f"-{cluster['name']}"))

    def put_archive(self, _, archive):
        with tarfile.open(fileobj=io.BytesIO(archive)) as files:
            webhook = files.extractfile("etc/rancher/k3s/eks-auth-webhook.yaml").read().decode()
        (self.folder / "webhook.kubeconfig").write_text(webhook.replace("host.docker.internal", "127.0.0.1"))

    def start(self):
        with (self.folder / "log").open("w") as log:
            self.process = subprocess.Popen(
                [ROOT / ".ci/rehearsal/control-plane", self.version, str(self.port), self.folder / "webhook.kubeconfig"],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True)
        ready = self.process.stdout.readline().strip()
        if not ready:
            raise RuntimeError((self.folder / "log").read_text())
        self.files = Path(ready)
        self.environment = {**os.environ, "PATH": f"{self.files / 'kubectl'}:{os.environ['PATH']}", "KUBECONFIG": str(self.files / "admin.kubeconfig")}
        (self.folder / "admin.kubeconfig").write_text((self.files / "admin.kubeconfig").read_text())
        if not os.environ.get("CHARTS"):
            self.install_what_charts_would()
        programs = Programs(ApiServer(self.port, self.files / CERTIFICATE), self.sync, self.read_secret)
        threading.Thread(target=programs.run, args=[lambda: not self.process.stdin.closed], daemon=True).start()

    def install_what_charts_would(self):
        """What the rotation needs from the charts: the definitions of External Secrets, and Argo CD's sync of the application."""
        self.kubectl("apply", "--server-side", "--filename", ROOT / ".ci/kubernetes/crds")
        self.wait_for_definitions()
        overlay = f"kustomize/overlays/{self.name}"
        # Random settings have none.
        if (ROOT / overlay).exists():
            self.sync(overlay)

    def wait_for_definitions(self):
        """kubectl wait fails, instead of waiting, for a definition that has no conditions yet."""
        end = time.time() + 60
        while True:
            try:
                return self.kubectl("wait", "--for", "condition=Established", "crd", "--all", "--timeout", "5s")
            except OSError:
                if time.time() > end:
                    raise
                time.sleep(0.5)

    def sync(self, path):
        manifests = self.kubectl("kustomize", ROOT / path)
        self.kubectl("apply", "--server-side", "--force-conflicts", "--field-manager", "argocd-controller", "--validate=strict",
                     "--filename", "-", input=manifests)

    def read_secret(self, name):
        try:
            return aws("secretsmanager").get_secret_value(SecretId=name)["SecretString"]
        except ClientError as missing:
            raise LookupError(missing) from missing

    def kubectl(self, *words, input=None):
        done = subprocess.run(["kubectl", *words], input=input, env=self.environment, capture_output=True, text=True)
        if done.returncode:
            raise OSError(f"kubectl {words[0]}: {done.stderr}")
        return done.stdout

    def exec_run(self, command):
        words = [word.replace(CERTIFICATE_OF_K3S, str(self.files / CERTIFICATE))
                 for word in (shlex.split(command) if isinstance(command, str) else command)]
        done = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=self.environment)
        return done.returncode, done.stdout

    def stop(self, timeout):
        self.process.stdin.close()
        self.process.wait(6 * timeout)

    def remove(self, **_):
        """The control plane has removed its files."""


class ControlPlanes:
    """The Docker client."""

    def __init__(self, folder):
        self.folder = folder
        self.running = {}
        self.containers = self

    def create(self, name, ports, **_):
        self.running[name] = ControlPlane(self.folder, name, ports["6443/tcp"])
        return self.running[name]

    def get(self, name):
        return self.running[name]

    def list(self, **_):
        return list(self.running.values())


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def wait_for_clusters():
    """As CloudFormation does: a cluster is complete when it is active, with the address and the certificate of its API server."""
    known = provisioners._RESOURCE_HANDLERS["AWS::EKS::Cluster"]
    make = known["create"]

    def create(logical, properties, stack):
        name, _ = make(logical, properties, stack)
        cluster = eks._clusters[name]
        while cluster["status"] == "CREATING":
            time.sleep(0.2)
        if not cluster["_docker_id"]:
            raise ValueError("the control plane did not start; see the emulator's log")
        return name, provisioners._eks_cluster_attrs(cluster)

    known["create"] = create


def separate_outputs():
    """Gives each worker of CDK's kubectl function a folder instead of the shared /tmp: in Lambda, each has a /tmp of its own."""
    spawn = lambda_runtime.Worker._spawn

    def spawn_with_folder(worker):
        environment = worker.config.get("Environment", {})
        variables = {**environment.get("Variables", {}), "TEST_OUTDIR": tempfile.mkdtemp(prefix="outputs-")}
        worker.config = {**worker.config, "Environment": {**environment, "Variables": variables}}
        spawn(worker)

    lambda_runtime.Worker._spawn = spawn_with_folder


def serve(folder):
    """Gives each EKS cluster of the emulator a control plane, with its log and the administrator's kubeconfig in the folder."""
    docker = ControlPlanes(folder)
    eks._get_docker = lambda: docker
    eks._next_port = free_port
    # The wait until an access policy also applies to a new namespace. Each time costs four runs of kubectl.
    eks._EKS_RBAC_RECONCILE_INTERVAL = 10
    wait_for_clusters()
    separate_outputs()
