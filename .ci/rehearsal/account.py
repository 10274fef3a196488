"""The emulated AWS account: its clients, and what it contains."""
import hashlib
import os
import threading

import boto3
from botocore.config import Config


class Account:
    """An account in an emulator on this machine.

    `deployment` is held while CloudFormation changes the account, and by whoever changes a secret on purpose, so that
    the passwords before and after a deployment can be compared.
    """

    def __init__(self, number, region, port):
        self.number, self.region, self.port = number, region, port
        self.endpoint = f"http://127.0.0.1:{port}"
        self.deployment = threading.RLock()

    @property
    def environment(self):
        """The environment variables with which AWS's SDKs and the CDK CLI call the emulator, and nothing else."""
        return {**os.environ, "AWS_ENDPOINT_URL": self.endpoint, "AWS_ACCESS_KEY_ID": self.number, "AWS_SECRET_ACCESS_KEY": "none",
                "AWS_REGION": self.region, "AWS_DEFAULT_REGION": self.region, "AWS_EC2_METADATA_DISABLED": "true",
                "AWS_CONFIG_FILE": "/nowhere", "AWS_SHARED_CREDENTIALS_FILE": "/nowhere"}

    def client(self, service):
        return boto3.client(service, region_name=self.region, endpoint_url=self.endpoint, aws_access_key_id=self.number,
                            aws_secret_access_key="none", config=Config(retries={"max_attempts": 2}))

    def pages(self, service, operation, key, **arguments):
        return [each for page in self.client(service).get_paginator(operation).paginate(**arguments) for each in page[key]]

    def stacks(self):
        """The status of each stack."""
        return {each["StackName"]: each["StackStatus"] for each in self.pages("cloudformation", "describe_stacks", "Stacks")}

    def resources(self, stack):
        """The type and the physical ID of each resource of a stack, by logical ID."""
        return {each["LogicalResourceId"]: (each["ResourceType"], each["PhysicalResourceId"])
                for each in self.pages("cloudformation", "list_stack_resources", "StackResourceSummaries", StackName=stack)}

    def failures(self, stack):
        """The reason of each failed resource of a stack, the latest first."""
        return [(each["LogicalResourceId"], each.get("ResourceStatusReason", ""))
                for each in self.pages("cloudformation", "describe_stack_events", "StackEvents", StackName=stack)
                if each["ResourceStatus"].endswith("_FAILED") and each["LogicalResourceId"] != stack]

    def passwords(self):
        """A hash of each secret's current value, by ARN."""
        secrets = self.client("secretsmanager")
        values = {each["ARN"]: secrets.get_secret_value(SecretId=each["ARN"]) for each in self.pages("secretsmanager", "list_secrets", "SecretList")}
        return {arn: hashlib.sha256(value["SecretString"].encode()).hexdigest()[:12] for arn, value in values.items()}

    def stale_aliases(self):
        """The functions whose alias does not call what was deployed last."""
        functions = self.client("lambda")
        stale = []
        for function in self.pages("lambda", "list_functions", "Functions"):
            name = function["FunctionName"]
            for alias in functions.list_aliases(FunctionName=name)["Aliases"]:
                called, latest = (functions.get_function_configuration(FunctionName=name, Qualifier=which) for which in (alias["Name"], "$LATEST"))
                if any(called.get(key) != latest.get(key) for key in ("CodeSha256", "Layers", "Environment", "Role", "Timeout", "MemorySize")):
                    stale.append(f"{name}:{alias['Name']}")
        return stale

    def inventory(self):
        """What exists and costs something or occupies a name, by kind."""
        ec2, lambdas = self.client("ec2"), self.client("lambda")
        return {kind: set(names) for kind, names in {
            "VPC": [each["VpcId"] for each in ec2.describe_vpcs()["Vpcs"] if not each.get("IsDefault")],
            "NAT gateway": [each["NatGatewayId"] for each in ec2.describe_nat_gateways()["NatGateways"] if each["State"] != "deleted"],
            "address": [each["PublicIp"] for each in ec2.describe_addresses()["Addresses"]],
            "security group": [each["GroupName"] for each in ec2.describe_security_groups()["SecurityGroups"] if each["GroupName"] != "default"],
            "flow log": [each["FlowLogId"] for each in ec2.describe_flow_logs()["FlowLogs"]],
            "launch template": [each["LaunchTemplateName"] for each in ec2.describe_launch_templates()["LaunchTemplates"]],
            "bucket": [each["Name"] for each in self.client("s3").list_buckets()["Buckets"]],
            "role": [each["RoleName"] for each in self.pages("iam", "list_roles", "Roles")],
            "OIDC provider": [each["Arn"] for each in self.client("iam").list_open_id_connect_providers()["OpenIDConnectProviderList"]],
            "function": [each["FunctionName"] for each in self.pages("lambda", "list_functions", "Functions")],
            "layer": [each["LayerName"] for each in lambdas.list_layers()["Layers"]],
            "queue": self.client("sqs").list_queues().get("QueueUrls", []),
            "topic": [each["TopicArn"] for each in self.client("sns").list_topics()["Topics"]],
            "table": self.client("dynamodb").list_tables()["TableNames"],
            "secret": [each["Name"] for each in self.pages("secretsmanager", "list_secrets", "SecretList")],
            "schedule": [each["Name"] for each in self.client("scheduler").list_schedules()["Schedules"]],
            "schedule group": [each["Name"] for each in self.client("scheduler").list_schedule_groups()["ScheduleGroups"]],
            "alarm": [each["AlarmName"] for each in self.pages("cloudwatch", "describe_alarms", "MetricAlarms")],
            "dashboard": [each["DashboardName"] for each in self.client("cloudwatch").list_dashboards()["DashboardEntries"]],
            "log group": [each["logGroupName"] for each in self.pages("logs", "describe_log_groups", "logGroups")],
            "repository": [each["repositoryName"] for each in self.client("ecr").describe_repositories()["repositories"]],
            "HTTP API": [each["Name"] for each in self.client("apigatewayv2").get_apis()["Items"]],
            "database": [each["DBInstanceIdentifier"] for each in self.pages("rds", "describe_db_instances", "DBInstances")],
            "database cluster": [each["DBClusterIdentifier"] for each in self.pages("rds", "describe_db_clusters", "DBClusters")],
            "subnet group": [each["DBSubnetGroupName"] for each in self.client("rds").describe_db_subnet_groups()["DBSubnetGroups"]],
            "cluster": self.client("eks").list_clusters()["clusters"],
            "parameter": [each["Name"] for each in self.pages("ssm", "describe_parameters", "Parameters")],
            "export": [each["Name"] for each in self.client("cloudformation").list_exports()["Exports"]],
            "stack": self.stacks(),
        }.items()}
