"""An IAM role that calls the Kubernetes API server behind the emulated EKS cluster, as a person with kubectl does."""

import json
import os
import subprocess

# What each access policy of EKS permits and refuses, as far as the rehearsal asks for it:
# https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html
PERMITTED = {"AmazonEKSViewPolicy": ("list", "pods"), "AmazonEKSEditPolicy": ("create", "pods"), "AmazonEKSClusterAdminPolicy": ("delete", "nodes")}
REFUSED = {"AmazonEKSViewPolicy": ("create", "pods"), "AmazonEKSEditPolicy": ("delete", "nodes")}


class KubernetesUser:
    """A session of the role. `work` is the rehearsal's folder, with the layer's programs in opt."""

    def __init__(self, account, work, cluster, role):
        session = account.client("sts").assume_role(RoleArn=role, RoleSessionName="rehearsal")["Credentials"]
        self.programs = work / "opt"
        self.kubeconfig = work / f"{role.split('/')[-1]}.kubeconfig"
        environment = {**account.environment, "PATH": f"{self.programs / 'awscli'}:{os.environ['PATH']}"}
        subprocess.run(["aws", "eks", "update-kubeconfig", "--name", cluster, "--kubeconfig", self.kubeconfig], env=environment, check=True, capture_output=True)
        # The token is a signed call of AWS's own STS, which the emulator verifies and nobody makes.
        self.environment = {**environment, "AWS_ACCESS_KEY_ID": session["AccessKeyId"], "AWS_SECRET_ACCESS_KEY": session["SecretAccessKey"],
                            "AWS_SESSION_TOKEN": session["SessionToken"], "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true"}

    def may(self, *request, namespace=None):
        """Whether Kubernetes permits a request like list, pods. None when it does not know the role."""
        scope = ["--namespace", namespace] if namespace else ["--all-namespaces"]
        answer = subprocess.run([self.programs / "kubectl/kubectl", "--kubeconfig", self.kubeconfig, "auth", "can-i", *request, *scope],
                                env=self.environment, capture_output=True, text=True)
        if "Unauthorized" in answer.stderr:
            return None
        return {"yes": True, "no": False}[answer.stdout.split()[0]]


def check_standing_access(account, work, cluster, template):
    """Kubernetes permits to the principals of the access entries in the cluster's template what their policies say."""
    name = "roles may do in Kubernetes what the policies of their access entries say"
    wrong = []
    entries = [each["Properties"] for each in template["Resources"].values()
               if each["Type"] == "AWS::EKS::AccessEntry" and isinstance(each["Properties"]["PrincipalArn"], str)]
    for entry in entries:
        user = KubernetesUser(account, work, cluster, entry["PrincipalArn"])
        for policy, scope in ((policy_name(each), each["AccessScope"]) for each in entry["AccessPolicies"]):
            for namespace in scope.get("Namespaces", [None]):
                expected = {(PERMITTED[policy], namespace): True}
                expected |= {(PERMITTED[policy], "default"): False} if namespace else {}
                expected |= {(REFUSED[policy], namespace): False} if policy in REFUSED else {}
                wrong += [f"{entry['PrincipalArn']}: {' '.join(request)} in {where or 'all namespaces'} should be {'permitted' if permitted else 'refused'}"
                          for (request, where), permitted in expected.items() if user.may(*request, namespace=where) is not permitted]
    return name, not wrong, "; ".join(wrong) or f"{len(entries)} access entries"


def policy_name(association):
    arn = association["PolicyArn"]
    return (arn if isinstance(arn, str) else arn["Fn::Join"][1][-1]).split("/")[-1]


def create_role(account, arn):
    """A role that the account may assume."""
    *path, name = arn.split(":role/")[1].split("/")
    trust = {"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": f"arn:aws:iam::{account.number}:root"}}]}
    account.client("iam").create_role(Path="/".join(["", *path, ""]), RoleName=name, AssumeRolePolicyDocument=json.dumps(trust))
