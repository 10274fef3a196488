"""Reads each type of resource from its service.

A reader answers a dictionary with the properties and attributes of the type. It only maps what the service names other than
CloudFormation does: capitals do not matter, and neither does the kind before a name, as in DBClusterArn for Arn.
"""
import base64
import hashlib
import json
import string

from botocore.exceptions import ClientError


class Resource:
    """A deployed resource: its physical ID, its resolved properties, and the client of each service by the service's name."""

    def __init__(self, client, physical_id, properties, region):
        self.client, self.id, self.properties, self.region, self.named = client, physical_id, properties, region, {}

    def __getattr__(self, service):
        return self.client(service.removesuffix("_"))

    def by(self, name):
        """A property by which the service is asked, so that an answer confirms it."""
        self.named[name] = self.properties[name]
        return self.properties[name]


def picked(answer, **names):
    """The answer with more names for what is in it."""
    return answer | {name: answer[path] for name, path in names.items() if path in answer}


def shared(policies):
    """The policy that each of them has."""
    first, *others = policies
    return {"PolicyDocument": first} if all(each == first for each in others) else {}


def found(call, **parameters):
    """The answer, or an empty one where the service has nothing."""
    try:
        return call(**parameters)
    except ClientError as error:
        if error.response["Error"]["Code"].startswith(("NoSuch", "ResourceNotFound")):
            return {}
        raise


def asset(resource, name, digest):
    """Code and layers are answered as a checksum: that of the object that the template names, or of another."""
    given = resource.properties[name]
    content = resource.s3.get_object(Bucket=given["S3Bucket"], Key=given["S3Key"])["Body"].read()
    if base64.b64encode(hashlib.sha256(content).digest()).decode() == digest:
        return {name: given}
    return {name: {key: f"another object: {digest}" for key in given}}


def launch_template(r):
    version = r.ec2.describe_launch_template_versions(LaunchTemplateId=r.id, Versions=["$Latest"])["LaunchTemplateVersions"][0]
    template = r.ec2.describe_launch_templates(LaunchTemplateIds=[r.id])["LaunchTemplates"][0]
    return version | template | {"TagSpecifications": [{"ResourceType": "launch-template", "Tags": template.get("Tags", [])}]}


def route(r):
    table = r.ec2.describe_route_tables(RouteTableIds=[r.by("RouteTableId")])["RouteTables"][0]
    to = {key: value for key, value in r.properties.items() if key.startswith("Destination")}
    return next((each for each in table["Routes"] if to.items() <= each.items()), {})


def association(r):
    tables = r.ec2.describe_route_tables(Filters=[{"Name": "association.route-table-association-id", "Values": [r.id]}])["RouteTables"]
    return next(each for table in tables for each in table["Associations"] if each["RouteTableAssociationId"] == r.id)


def security_group(r):
    group = r.ec2.describe_security_groups(GroupIds=[r.id])["SecurityGroups"][0]
    rules = r.ec2.describe_security_group_rules(Filters=[{"Name": "group-id", "Values": [r.id]}])["SecurityGroupRules"]
    return picked(group, GroupDescription="Description") | {"SecurityGroupEgress": [
        picked(rule, CidrIp="CidrIpv4", CidrIpv6="CidrIpv6") | {"DestinationSecurityGroupId": rule.get("ReferencedGroupInfo", {}).get("GroupId")}
        for rule in rules if rule["IsEgress"]]}


def security_group_rule(r):
    rule = r.ec2.describe_security_group_rules(SecurityGroupRuleIds=[r.id])["SecurityGroupRules"][0]
    other = rule.get("ReferencedGroupInfo", {}).get("GroupId")
    return picked(rule, CidrIp="CidrIpv4") | {"SourceSecurityGroupId": other, "DestinationSecurityGroupId": other}


def nat_gateway(r):
    answer = r.ec2.describe_nat_gateways(NatGatewayIds=[r.id])["NatGateways"][0]
    return next(iter(answer["NatGatewayAddresses"]), {}) | answer


def flow_log(r):
    """Of a log group, the emulator answers the name as the destination."""
    return picked(r.ec2.describe_flow_logs(FlowLogIds=[r.id])["FlowLogs"][0], LogGroupName="LogDestination")


def gateway_attachment(r):
    return r.ec2.describe_internet_gateways(InternetGatewayIds=[r.by("InternetGatewayId")])["InternetGateways"][0]["Attachments"][0]


def subnet(r):
    answer = r.ec2.describe_subnets(SubnetIds=[r.id])["Subnets"][0]
    return next(iter(answer.get("Ipv6CidrBlockAssociationSet", [])), {}) | answer


def vpc_cidr_block(r):
    blocks = r.ec2.describe_vpcs(VpcIds=[r.by("VpcId")])["Vpcs"][0].get("Ipv6CidrBlockAssociationSet", [])
    return {"AmazonProvidedIpv6CidrBlock": each["Ipv6Pool"] == "Amazon" for each in blocks if each["AssociationId"] == r.id.split("|")[0]}


def vpc(r):
    answer = r.ec2.describe_vpcs(VpcIds=[r.id])["Vpcs"][0]
    return answer | {"Ipv6CidrBlocks": [each["Ipv6CidrBlock"] for each in answer.get("Ipv6CidrBlockAssociationSet", [])]} | {
        name: r.ec2.describe_vpc_attribute(VpcId=r.id, Attribute=f"{name[:1].lower()}{name[1:]}")[name]["Value"]
        for name in ("EnableDnsHostnames", "EnableDnsSupport")}


def alarm(r):
    answer = r.cloudwatch.describe_alarms(AlarmNames=[r.id])["MetricAlarms"][0]
    return answer | r.cloudwatch.list_tags_for_resource(ResourceARN=answer["AlarmArn"])


def dashboard(r):
    answer = r.cloudwatch.get_dashboard(DashboardName=r.id)
    return answer | found(r.cloudwatch.list_tags_for_resource, ResourceARN=answer["DashboardArn"])


def table(r):
    answer = r.dynamodb.describe_table(TableName=r.id)["Table"]
    ttl = r.dynamodb.describe_time_to_live(TableName=r.id)["TimeToLiveDescription"]
    backups = r.dynamodb.describe_continuous_backups(TableName=r.id)["ContinuousBackupsDescription"]["PointInTimeRecoveryDescription"]
    return picked(answer, StreamArn="LatestStreamArn") | answer.get("BillingModeSummary", {}) | {
        "TimeToLiveSpecification": ttl | {"Enabled": ttl["TimeToLiveStatus"] == "ENABLED"},
        "Replicas": [answer | {
            "Region": r.region, "Tags": r.dynamodb.list_tags_of_resource(ResourceArn=answer["TableArn"])["Tags"],
            "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": backups["PointInTimeRecoveryStatus"] == "ENABLED"}}]}


def repository(r):
    answer = r.ecr.describe_repositories(repositoryNames=[r.id])["repositories"][0]
    return answer | r.ecr.list_tags_for_resource(resourceArn=answer["repositoryArn"]) | {
        "LifecyclePolicy": r.ecr.get_lifecycle_policy(repositoryName=r.id)}


def access_entry(r):
    entry = {"clusterName": r.by("ClusterName"), "principalArn": r.by("PrincipalArn")}
    return r.eks.describe_access_entry(**entry)["accessEntry"] | {
        "AccessPolicies": r.eks.list_associated_access_policies(**entry)["associatedAccessPolicies"]}


def cluster(r):
    answer = r.eks.describe_cluster(name=r.id)["cluster"]
    logs = [each for setup in answer.get("logging", {}).get("clusterLogging", []) if setup["enabled"] for each in setup["types"]]
    return answer | {"Logging": {"ClusterLogging": {"EnabledTypes": [{"Type": each} for each in logs]}},
                     "ClusterSecurityGroupId": answer["resourcesVpcConfig"]["clusterSecurityGroupId"],
                     "OpenIdConnectIssuerUrl": answer["identity"]["oidc"]["issuer"]}


def node_group(r):
    return r.eks.describe_nodegroup(clusterName=r.by("ClusterName"), nodegroupName=r.id.split("/")[-1])["nodegroup"]


def pod_identity(r):
    return r.eks.describe_pod_identity_association(clusterName=r.by("ClusterName"), associationId=r.id.split("/")[-1])["association"]


def oidc_provider(r):
    answer = r.iam.get_open_id_connect_provider(OpenIDConnectProviderArn=r.id)
    # AWS answers without the scheme.
    scheme = r.properties["Url"].split("://")[0]
    return answer | {"Url": f"{scheme}://{answer['Url'].split('://')[-1]}"}


def inline_policy(r):
    return shared(r.iam.get_role_policy(RoleName=role, PolicyName=r.by("PolicyName"))["PolicyDocument"] for role in r.by("Roles"))


def managed_policy(r):
    policy = r.iam.get_policy(PolicyArn=r.id)["Policy"]
    version = r.iam.get_policy_version(PolicyArn=r.id, VersionId=policy["DefaultVersionId"])["PolicyVersion"]
    roles = r.iam.list_entities_for_policy(PolicyArn=r.id)["PolicyRoles"]
    return policy | {"PolicyDocument": version["Document"], "Roles": [each["RoleName"] for each in roles]}


def role(r):
    inline = [r.iam.get_role_policy(RoleName=r.id, PolicyName=each["PolicyName"]) for each in r.properties.get("Policies", [])]
    attached = r.iam.list_attached_role_policies(RoleName=r.id)["AttachedPolicies"]
    return r.iam.get_role(RoleName=r.id)["Role"] | {"Policies": inline, "ManagedPolicyArns": [each["PolicyArn"] for each in attached]}


def key(r):
    return r.kms.describe_key(KeyId=r.id)["KeyMetadata"] | {
        "EnableKeyRotation": r.kms.get_key_rotation_status(KeyId=r.id)["KeyRotationEnabled"],
        "KeyPolicy": r.kms.get_key_policy(KeyId=r.id, PolicyName="default")["Policy"],
        "Tags": [{"Key": each["TagKey"], "Value": each["TagValue"]} for each in r.kms.list_resource_tags(KeyId=r.id)["Tags"]]}


def event_invoke_config(r):
    return r.lambda_.get_function_event_invoke_config(FunctionName=r.by("FunctionName"), Qualifier=r.by("Qualifier"))


def event_source(r):
    answer = r.lambda_.get_event_source_mapping(UUID=r.id)
    # The template may name the function by its ARN or by its name; the answer has the ARN.
    whole, name = answer["FunctionArn"], answer["FunctionArn"].split(":function:")[1]
    return answer | r.lambda_.list_tags(Resource=answer["EventSourceMappingArn"]) | {
        "FunctionName": whole if r.properties["FunctionName"].startswith("arn:") else name}


def function(r):
    answer = r.lambda_.get_function(FunctionName=r.id)
    configuration = answer["Configuration"]
    return configuration | asset(r, "Code", configuration["CodeSha256"]) | {
        "Layers": [each["Arn"] for each in configuration.get("Layers", [])], "Tags": answer.get("Tags", {})}


def layer(r):
    answer = r.lambda_.get_layer_version_by_arn(Arn=r.id)
    return answer | asset(r, "Content", answer["Content"]["CodeSha256"])


def permission(r):
    policy = json.loads(r.lambda_.get_policy(FunctionName=r.by("FunctionName"))["Policy"])
    for each in policy["Statement"]:
        conditions = {key.lower(): value for condition in each.get("Condition", {}).values() for key, value in condition.items()}
        answer = each | {"Principal": each["Principal"]["Service"], "SourceArn": conditions.get("aws:sourcearn"),
                         "SourceAccount": conditions.get("aws:sourceaccount")}
        if all(answer[name] == value for name, value in r.properties.items() if name != "FunctionName"):
            return answer
    return {}


def log_group(r):
    groups = r.logs.describe_log_groups(logGroupNamePrefix=r.id)["logGroups"]
    answer = next(each for each in groups if each["logGroupName"] == r.id)
    return answer | r.logs.list_tags_for_resource(resourceArn=answer["arn"].removesuffix(":*"))


def database_cluster(r):
    answer = r.rds.describe_db_clusters(DBClusterIdentifier=r.id)["DBClusters"][0]
    return picked(answer, DBClusterParameterGroupName="DBClusterParameterGroup", DBSubnetGroupName="DBSubnetGroup", Tags="TagList",
                  EnableHttpEndpoint="HttpEndpointEnabled", EnableIAMDatabaseAuthentication="IAMDatabaseAuthenticationEnabled",
                  EnableCloudwatchLogsExports="EnabledCloudwatchLogsExports") | {
        "Endpoint.Address": answer["Endpoint"], "ReadEndpoint.Address": answer.get("ReaderEndpoint"),
        "VpcSecurityGroupIds": [each["VpcSecurityGroupId"] for each in answer["VpcSecurityGroups"]]}


def parameter_group(r):
    answer = r.rds.describe_db_cluster_parameter_groups(DBClusterParameterGroupName=r.id)["DBClusterParameterGroups"][0]
    parameters = r.rds.describe_db_cluster_parameters(DBClusterParameterGroupName=r.id, Source="user")["Parameters"]
    return picked(answer, Family="DBParameterGroupFamily") | {
        "Parameters": {each["ParameterName"]: each["ParameterValue"] for each in parameters},
        "Tags": r.rds.list_tags_for_resource(ResourceName=answer["DBClusterParameterGroupArn"])["TagList"]}


def database_instance(r):
    answer = r.rds.describe_db_instances(DBInstanceIdentifier=r.id)["DBInstances"][0]
    return picked(answer, EnablePerformanceInsights="PerformanceInsightsEnabled", Tags="TagList")


def subnet_group(r):
    answer = r.rds.describe_db_subnet_groups(DBSubnetGroupName=r.id)["DBSubnetGroups"][0]
    return answer | {"SubnetIds": [each["SubnetIdentifier"] for each in answer["Subnets"]],
                     "Tags": r.rds.list_tags_for_resource(ResourceName=answer["DBSubnetGroupArn"])["TagList"]}


def bucket(r):
    lifecycle = found(r.s3.get_bucket_lifecycle_configuration, Bucket=r.id)
    encryption = found(r.s3.get_bucket_encryption, Bucket=r.id).get("ServerSideEncryptionConfiguration", {})
    return found(r.s3.get_public_access_block, Bucket=r.id) | {
        "BucketName": r.id, "Arn": f"arn:aws:s3:::{r.id}", "Tags": r.s3.get_bucket_tagging(Bucket=r.id)["TagSet"],
        "BucketEncryption": {"ServerSideEncryptionConfiguration": [
            picked(each, ServerSideEncryptionByDefault="ApplyServerSideEncryptionByDefault") for each in encryption.get("Rules", [])]},
        "LifecycleConfiguration": {"Rules": [each | {"ExpirationInDays": each["Expiration"]["Days"]} for each in lifecycle.get("Rules", [])]}}


def bucket_policy(r):
    return {"PolicyDocument": r.s3.get_bucket_policy(Bucket=r.by("Bucket"))["Policy"]}


def topic(r):
    answer = r.sns.get_topic_attributes(TopicArn=r.id)["Attributes"]
    return answer | r.sns.list_tags_for_resource(ResourceArn=r.id) | {"TopicName": answer["TopicArn"].split(":")[-1]}


def subscription(r):
    subscriptions = r.sns.list_subscriptions_by_topic(TopicArn=r.by("TopicArn"))["Subscriptions"]
    return next(each for each in subscriptions if each["SubscriptionArn"] == r.id)


def topic_policy(r):
    return shared(r.sns.get_topic_attributes(TopicArn=topic)["Attributes"]["Policy"] for topic in r.by("Topics"))


def queue(r):
    answer = r.sqs.get_queue_attributes(QueueUrl=r.id, AttributeNames=["All"])["Attributes"]
    return answer | {"QueueName": answer["QueueArn"].split(":")[-1], "Tags": r.sqs.list_queue_tags(QueueUrl=r.id).get("Tags", {})}


def queue_policy(r):
    return shared(r.sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["Policy"])["Attributes"]["Policy"] for queue in r.by("Queues"))


def schedule_group(r):
    answer = r.scheduler.get_schedule_group(Name=r.id)
    return answer | r.scheduler.list_tags_for_resource(ResourceArn=answer["Arn"])


def secret(r):
    """The password is compared with the rules that it is generated by."""
    answer = r.secretsmanager.describe_secret(SecretId=r.id)
    value = json.loads(r.secretsmanager.get_secret_value(SecretId=r.id)["SecretString"])
    rules = r.properties["GenerateSecretString"]
    password = value.get(rules["GenerateStringKey"], "")
    return answer | {"GenerateSecretString": {
        "GenerateStringKey": next((name for name, item in value.items() if item == password), None), "PasswordLength": len(password),
        "ExcludeCharacters": "".join(each for each in rules.get("ExcludeCharacters", "") if each not in password),
        "ExcludePunctuation": not set(password) & set(string.punctuation),
        "SecretStringTemplate": {name: value.get(name) for name in json.loads(rules["SecretStringTemplate"])}}}


def secret_target(r):
    """The attachment writes the endpoint into the secret."""
    host = json.loads(r.secretsmanager.get_secret_value(SecretId=r.by("SecretId"))["SecretString"]).get("host")
    target = next((each for each in r.rds.describe_db_clusters()["DBClusters"] if each["Endpoint"] == host), None)
    return {"TargetId": target["DBClusterIdentifier"], "TargetType": "AWS::RDS::DBCluster"} if target else {}


READERS = {
    "AWS::ApiGatewayV2::Api": lambda r: r.apigatewayv2.get_api(ApiId=r.id),
    "AWS::ApiGatewayV2::Integration": lambda r: r.apigatewayv2.get_integration(ApiId=r.by("ApiId"), IntegrationId=r.id),
    "AWS::ApiGatewayV2::Route": lambda r: r.apigatewayv2.get_route(ApiId=r.by("ApiId"), RouteId=r.id.split("/")[-1]),
    "AWS::ApiGatewayV2::Stage": lambda r: r.apigatewayv2.get_stage(ApiId=r.by("ApiId"), StageName=r.by("StageName")),
    "AWS::CloudWatch::Alarm": alarm,
    "AWS::CloudWatch::Dashboard": dashboard,
    "AWS::DynamoDB::GlobalTable": table,
    "AWS::EC2::EIP": lambda r: next(each for each in r.ec2.describe_addresses()["Addresses"] if each["PublicIp"] == r.id),
    "AWS::EC2::FlowLog": flow_log,
    "AWS::EC2::InternetGateway": lambda r: r.ec2.describe_internet_gateways(InternetGatewayIds=[r.id])["InternetGateways"][0],
    "AWS::EC2::LaunchTemplate": launch_template,
    "AWS::EC2::NatGateway": nat_gateway,
    "AWS::EC2::Route": route,
    "AWS::EC2::RouteTable": lambda r: r.ec2.describe_route_tables(RouteTableIds=[r.id])["RouteTables"][0],
    "AWS::EC2::SecurityGroup": security_group,
    "AWS::EC2::SecurityGroupIngress": security_group_rule,
    "AWS::EC2::Subnet": subnet,
    "AWS::EC2::SubnetRouteTableAssociation": association,
    "AWS::EC2::VPC": vpc,
    "AWS::EC2::VPCCidrBlock": vpc_cidr_block,
    "AWS::EC2::VPCGatewayAttachment": gateway_attachment,
    "AWS::ECR::Repository": repository,
    "AWS::EKS::AccessEntry": access_entry,
    "AWS::EKS::Addon": lambda r: r.eks.describe_addon(clusterName=r.by("ClusterName"), addonName=r.by("AddonName"))["addon"],
    "AWS::EKS::Cluster": cluster,
    "AWS::EKS::Nodegroup": node_group,
    "AWS::EKS::PodIdentityAssociation": pod_identity,
    "AWS::IAM::ManagedPolicy": managed_policy,
    "AWS::IAM::OIDCProvider": oidc_provider,
    "AWS::IAM::Policy": inline_policy,
    "AWS::IAM::Role": role,
    "AWS::KMS::Key": key,
    "AWS::Lambda::Alias": lambda r: r.lambda_.get_alias(FunctionName=r.by("FunctionName"), Name=r.by("Name")),
    "AWS::Lambda::EventInvokeConfig": event_invoke_config,
    "AWS::Lambda::EventSourceMapping": event_source,
    "AWS::Lambda::Function": function,
    "AWS::Lambda::LayerVersion": layer,
    "AWS::Lambda::Permission": permission,
    "AWS::Lambda::Version": lambda r: r.lambda_.get_function_configuration(FunctionName=r.id),
    "AWS::Logs::LogGroup": log_group,
    "AWS::RDS::DBCluster": database_cluster,
    "AWS::RDS::DBClusterParameterGroup": parameter_group,
    "AWS::RDS::DBInstance": database_instance,
    "AWS::RDS::DBSubnetGroup": subnet_group,
    "AWS::S3::Bucket": bucket,
    "AWS::S3::BucketPolicy": bucket_policy,
    "AWS::SNS::Subscription": subscription,
    "AWS::SNS::Topic": topic,
    "AWS::SNS::TopicPolicy": topic_policy,
    "AWS::SQS::Queue": queue,
    "AWS::SQS::QueuePolicy": queue_policy,
    "AWS::SSM::Parameter": lambda r: r.ssm.get_parameter(Name=r.id)["Parameter"],
    "AWS::Scheduler::Schedule": lambda r: r.scheduler.get_schedule(Name=r.id, GroupName=r.by("GroupName")),
    "AWS::Scheduler::ScheduleGroup": schedule_group,
    "AWS::SecretsManager::RotationSchedule": lambda r: r.secretsmanager.describe_secret(SecretId=r.by("SecretId")),
    "AWS::SecretsManager::Secret": secret,
    "AWS::SecretsManager::SecretTargetAttachment": secret_target,
}
