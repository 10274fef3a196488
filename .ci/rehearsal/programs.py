"""Does in a cluster without nodes what programs on nodes would do, as far as the deployment and a rotation of the password need it.

Nothing runs in a pod: each scheduled pod is ready at once, and each pod of a job succeeds.
"""

import base64
import hashlib
import http.client
import json
import ssl
import time

SECRETS = "/apis/external-secrets.io/v1"
ARGO = "/apis/argoproj.io/v1alpha1"


class ApiServer:
    """The API server, called by its administrator."""

    def __init__(self, port, certificate):
        self.port, self.trusted = port, ssl.create_default_context(cafile=certificate)

    def items(self, path):
        return self.call("GET", path).get("items", [])

    def patch(self, path, change, kind="merge-patch+json"):
        return self.call("PATCH", path, change, kind)

    def call(self, method, path, body=None, kind="json"):
        """Returns the answer, and nothing for an object or an API that does not exist (any more) or has changed meanwhile."""
        connection = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=10, context=self.trusted)
        try:
            connection.request(method, path, json.dumps(body) if body else None, {
                "Authorization": f"Bearer admin-{self.port}", "Content-Type": f"application/{kind}"})
            response = connection.getresponse()
            answer = response.read().decode()
            if response.status in (404, 409):
                return {}
            if response.status >= 400:
                raise OSError(f"{method} {path}: {answer}")
            return json.loads(answer)
        finally:
            connection.close()


class Programs:
    """Reconciles until the API server is stopped.

    sync(path) applies a folder of manifests of this repository, and read_secret(name) reads a secret of Secrets Manager.
    """

    def __init__(self, api, sync, read_secret):
        self.api, self.sync, self.read_secret = api, sync, read_secret
        self.applied = set()
        self.reloaded = {}

    def run(self, is_running):
        parts = (self.kubelet, self.argo_cd, self.external_secrets, self.reloader)
        while is_running():
            for part in parts:
                try:
                    part()
                except (OSError, http.client.HTTPException) as failed:
                    if is_running():
                        print(f"{part.__name__}: {failed}", flush=True)
            time.sleep(0.5)

    def kubelet(self):
        for pod in self.api.items("/api/v1/pods"):
            path = address("/api/v1", "pods", pod)
            if "deletionTimestamp" in pod["metadata"]:
                self.api.call("DELETE", path, {"gracePeriodSeconds": 0})
            elif pod["status"]["phase"] == "Pending" and "nodeName" in pod["spec"]:
                self.api.patch(f"{path}/status", {"status": pod_status(pod)})

    def argo_cd(self):
        """Applies the manifests of each application once, and lets applications and projects go."""
        for kind in ("applications", "appprojects"):
            for each in self.api.items(f"{ARGO}/{kind}"):
                if "deletionTimestamp" in each["metadata"]:
                    self.api.patch(address(ARGO, kind, each), {"metadata": {"finalizers": None}})
                elif kind == "applications" and each["metadata"]["uid"] not in self.applied:
                    self.sync(each["spec"]["source"]["path"])
                    self.applied.add(each["metadata"]["uid"])

    def external_secrets(self):
        """Copies secrets of Secrets Manager into the cluster, when an ExternalSecret is new or changed, as soon as they exist."""
        for each in self.api.items(f"{SECRETS}/externalsecrets"):
            metadata, spec = each["metadata"], each["spec"]
            version = f"{metadata['generation']}-{digest(metadata.get('annotations'))}"
            if each.get("status", {}).get("syncedResourceVersion") == version:
                continue
            try:
                data = {one["secretKey"]: self.value(one["remoteRef"]) for one in spec["data"]}
            except LookupError:
                continue
            name = spec["target"]["name"]
            self.api.patch(f"/api/v1/namespaces/{metadata['namespace']}/secrets/{name}?fieldManager=external-secrets&force=true",
                           {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": name}, "data": data}, "apply-patch+yaml")
            self.api.patch(f"{address(SECRETS, 'externalsecrets', each)}/status", {"status": {
                "refreshTime": now(), "syncedResourceVersion": version,
                "conditions": [{"type": "Ready", "status": "True", "reason": "SecretSynced", "lastTransitionTime": now()}]}})

    def value(self, reference):
        values = json.loads(self.read_secret(reference["key"]))
        return base64.b64encode(values[reference["property"]].encode()).decode()

    def reloader(self):
        """Changes the pod template of each Deployment whose annotation names a Secret that has changed."""
        for each in self.api.items("/apis/apps/v1/deployments"):
            name = each["metadata"].get("annotations", {}).get("secret.reloader.stakater.com/reload")
            secret = name and self.api.call("GET", f"/api/v1/namespaces/{each['metadata']['namespace']}/secrets/{name}")
            if not secret:
                continue
            content = digest(secret["data"])
            if self.reloaded.setdefault(each["metadata"]["uid"], content) != content:
                self.api.patch(address("/apis/apps/v1", "deployments", each), {"spec": {"template": {"metadata": {"annotations": {
                    "reloader.stakater.com/last-reloaded-from": content}}}}})
                self.reloaded[each["metadata"]["uid"]] = content


def pod_status(pod):
    if any(owner["kind"] == "Job" for owner in pod["metadata"].get("ownerReferences", [])):
        phase, ready, state = "Succeeded", "False", {"terminated": {"exitCode": 0, "reason": "Completed", "finishedAt": now()}}
    else:
        phase, ready, state = "Running", "True", {"running": {"startedAt": now()}}
    return {
        "phase": phase, "startTime": now(),
        "conditions": [{"type": kind, "status": ready, "lastTransitionTime": now()} for kind in ("ContainersReady", "Ready")],
        "containerStatuses": [{"name": each["name"], "image": each["image"], "imageID": each["image"], "ready": ready == "True",
                               "restartCount": 0, "state": state} for each in pod["spec"]["containers"]]}


def address(api, kind, item):
    return f"{api}/namespaces/{item['metadata']['namespace']}/{kind}/{item['metadata']['name']}"


def digest(value):
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:16]


def now():
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
