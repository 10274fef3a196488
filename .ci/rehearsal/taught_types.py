"""The resource types of our templates that the emulator's CloudFormation lacks.

Each one calls the emulator's own service over HTTP, as CloudFormation calls AWS, and botocore validates the parameters
against AWS's model of the service. Once the emulator has one of the types, `teach` fails, and the type has to go from here.
"""
import os

import boto3
from botocore.config import Config
from ministack.core.responses import get_account_id, get_region
from ministack.services import cloudformation
from ministack.services.cloudformation import provisioners, stacks


def aws(service):
    return boto3.client(service, region_name=get_region(), endpoint_url=f"http://127.0.0.1:{os.environ['GATEWAY_PORT']}",
                        aws_access_key_id=get_account_id(), aws_secret_access_key="none", config=Config(retries={"max_attempts": 1}))


def without(properties, *names):
    return {key: value for key, value in properties.items() if key not in names}


def camel_case(value):
    if isinstance(value, dict):
        return {key[:1].lower() + key[1:]: camel_case(item) for key, item in value.items()}
    return [camel_case(item) for item in value] if isinstance(value, list) else value


def tags(properties):
    return {tag["Key"]: tag["Value"] for tag in properties.get("Tags", [])}


def tagged(properties, kind):
    return {"TagSpecifications": [{"ResourceType": kind, "Tags": properties["Tags"]}]} if properties.get("Tags") else {}


def is_true(value):
    return str(value).lower() == "true"


class Eip:
    def create(self, properties):
        address = aws("ec2").allocate_address(**without(properties, "Tags"), **tagged(properties, "elastic-ip"))
        return address["PublicIp"], {key: address[key] for key in ("PublicIp", "AllocationId")}

    def delete(self, address, properties):
        ec2 = aws("ec2")
        # The emulator ignores DescribeAddresses' parameter PublicIps.
        known = next(each for each in ec2.describe_addresses()["Addresses"] if each["PublicIp"] == address)
        ec2.release_address(AllocationId=known["AllocationId"])


class NatGateway:
    def create(self, properties):
        gateway = aws("ec2").create_nat_gateway(**without(properties, "Tags"), **tagged(properties, "natgateway"))["NatGateway"]["NatGatewayId"]
        return gateway, {"NatGatewayId": gateway}

    def delete(self, gateway, properties):
        aws("ec2").delete_nat_gateway(NatGatewayId=gateway)


class FlowLog:
    def create(self, properties):
        log = aws("ec2").create_flow_logs(ResourceIds=[properties["ResourceId"]], **without(properties, "ResourceId", "Tags"),
                                          **tagged(properties, "vpc-flow-log"))["FlowLogIds"][0]
        return log, {"Id": log}

    def delete(self, log, properties):
        aws("ec2").delete_flow_logs(FlowLogIds=[log])


class VpcCidrBlock:
    """The emulator's VPCs have no IPv6: only Fn::GetAtt sees the block, and the API does not return it."""

    def create(self, properties):
        block = properties.get("CidrBlock", "2001:db8:1234:1a00::/56")
        for stack in cloudformation._stacks.values():
            for resource in stack.get("_resources", {}).values():
                if resource["PhysicalResourceId"] == properties["VpcId"]:
                    resource["Attributes"]["Ipv6CidrBlocks"] = [block]
        return f"{properties['VpcId']}|{block}", {"Id": f"{properties['VpcId']}|{block}"}

    def delete(self, identity, properties):
        """The block goes with its VPC."""


class SecurityGroupIngress:
    def permission(self, properties):
        rule = {"IpProtocol": properties["IpProtocol"]} | {key: int(properties[key]) for key in ("FromPort", "ToPort") if key in properties}
        description = {"Description": properties["Description"]} if "Description" in properties else {}
        if "CidrIp" in properties:
            rule["IpRanges"] = [{"CidrIp": properties["CidrIp"], **description}]
        if "SourceSecurityGroupId" in properties:
            rule["UserIdGroupPairs"] = [{"GroupId": properties["SourceSecurityGroupId"], **description}]
        return {"GroupId": properties["GroupId"], "IpPermissions": [rule]}

    def create(self, properties):
        rule = aws("ec2").authorize_security_group_ingress(**self.permission(properties))["SecurityGroupRules"][0]["SecurityGroupRuleId"]
        return rule, {"Id": rule}

    def delete(self, rule, properties):
        aws("ec2").revoke_security_group_ingress(**self.permission(properties))


class Addon:
    def create(self, properties):
        addon = aws("eks").create_addon(**camel_case(without(properties, "Tags", "PreserveOnDelete")), tags=tags(properties))["addon"]
        return f"{properties['ClusterName']}|{properties['AddonName']}", {"Arn": addon["addonArn"]}

    def update(self, identity, old, new):
        aws("eks").update_addon(**camel_case(without(new, "Tags", "PreserveOnDelete", "PodIdentityAssociations")))

    def delete(self, identity, properties):
        aws("eks").delete_addon(clusterName=properties["ClusterName"], addonName=properties["AddonName"])


class AccessEntry:
    def associate(self, properties):
        for policy in properties.get("AccessPolicies", []):
            aws("eks").associate_access_policy(clusterName=properties["ClusterName"], principalArn=properties["PrincipalArn"], **camel_case(policy))

    def create(self, properties):
        entry = aws("eks").create_access_entry(**camel_case(without(properties, "AccessPolicies", "Tags")), tags=tags(properties))["accessEntry"]
        self.associate(properties)
        return f"{properties['PrincipalArn']}|{properties['ClusterName']}", {"AccessEntryArn": entry["accessEntryArn"]}

    def update(self, identity, old, new):
        for policy in old.get("AccessPolicies", []):
            aws("eks").disassociate_access_policy(clusterName=old["ClusterName"], principalArn=old["PrincipalArn"], policyArn=policy["PolicyArn"])
        self.associate(new)

    def delete(self, identity, properties):
        aws("eks").delete_access_entry(clusterName=properties["ClusterName"], principalArn=properties["PrincipalArn"])


class PodIdentityAssociation:
    def create(self, properties):
        association = aws("eks").create_pod_identity_association(**camel_case(without(properties, "Tags")), tags=tags(properties))["association"]
        return association["associationArn"], {"AssociationArn": association["associationArn"], "AssociationId": association["associationId"]}

    def delete(self, arn, properties):
        aws("eks").delete_pod_identity_association(clusterName=properties["ClusterName"], associationId=arn.split("/")[-1])


class OidcProvider:
    def create(self, properties):
        arn = aws("iam").create_open_id_connect_provider(
            Url=properties["Url"], ClientIDList=properties.get("ClientIdList", []), ThumbprintList=properties.get("ThumbprintList", ["0" * 40]),
            Tags=properties.get("Tags", []))["OpenIDConnectProviderArn"]
        return arn, {"Arn": arn}

    def delete(self, arn, properties):
        aws("iam").delete_open_id_connect_provider(OpenIDConnectProviderArn=arn)


class RotationSchedule:
    def create(self, properties):
        aws("secretsmanager").rotate_secret(**without(properties, "RotateImmediatelyOnUpdate", "ExternalSecretRotationMetadata"),
                                            RotateImmediately=is_true(properties.get("RotateImmediatelyOnUpdate", True)))
        return properties["SecretId"], {}

    def update(self, secret, old, new):
        self.create(new)

    def delete(self, secret, properties):
        """The emulator has no CancelRotateSecret; the secret goes with its stack."""


TAUGHT = {
    "AWS::EC2::EIP": Eip(),
    "AWS::EC2::NatGateway": NatGateway(),
    "AWS::EC2::FlowLog": FlowLog(),
    "AWS::EC2::VPCCidrBlock": VpcCidrBlock(),
    "AWS::EC2::SecurityGroupIngress": SecurityGroupIngress(),
    "AWS::EKS::AccessEntry": AccessEntry(),
    "AWS::EKS::Addon": Addon(),
    "AWS::EKS::PodIdentityAssociation": PodIdentityAssociation(),
    "AWS::IAM::OIDCProvider": OidcProvider(),
    "AWS::SecretsManager::RotationSchedule": RotationSchedule(),
}


def teach():
    known = sorted(set(TAUGHT) & set(provisioners._RESOURCE_HANDLERS))
    assert not known, f"remove from .ci/rehearsal/taught_types.py what the emulator knows by itself: {', '.join(known)}"
    for name, kind in TAUGHT.items():
        handler = {
            "create": lambda logical_id, properties, stack, kind=kind: kind.create(properties),
            "delete": lambda physical_id, properties, kind=kind: kind.delete(physical_id, properties),
        }
        if hasattr(kind, "update"):
            def update(physical_id, old, new, stack, kind=kind):
                kind.update(physical_id, old, new)
                return physical_id, {}
            handler["update"] = update
        provisioners._RESOURCE_HANDLERS[name] = handler
    call_back(TAUGHT)


def call_back(types):
    """Runs the handlers of these types on a worker thread: they call the emulator, whose event loop has to answer meanwhile."""
    before = stacks._runs_on_worker_thread
    stacks._runs_on_worker_thread = lambda kind: kind in types or before(kind)
