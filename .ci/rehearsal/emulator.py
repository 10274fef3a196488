"""Runs MiniStack, an emulator of AWS, with the corrections that our templates need.

Each correction names the document that says what AWS does. Environment variables: GATEWAY_PORT, the port at 127.0.0.1;
RUNTIME_CLIENT, the class path of AWS's runtime client for Java; REHEARSAL_FOLDER, the rehearsal's work folder; FAILURES, a JSON
file with the resources to fail once, as lists of stack and logical ID.
"""
import contextvars
import io
import itertools
import json
import os
import re
import shlex
import tempfile
import threading
import urllib.parse
import zipfile
from pathlib import Path

from botocore.validate import validate_parameters
from ministack.app import main
from ministack.core import iam_actions, iam_evaluator, lambda_runtime
from ministack.core.responses import get_account_id, get_region
from ministack.services import cloudformation, cloudwatch_logs, eks, iam, lambda_svc, rds
from ministack.services.cloudformation import changesets, engine, handlers, provisioners, stacks

import backends
import cluster
from taught_types import aws, call_back, is_true, teach, without

handler = provisioners._RESOURCE_HANDLERS


def fail_once():
    """Fails the creation or the update of each resource in the file FAILURES once."""
    lock = threading.Lock()

    def check(stack, logical_id):
        with lock:
            with open(os.environ["FAILURES"]) as file:
                failures = json.load(file)
            if [stack, logical_id] in failures:
                failures.remove([stack, logical_id])
                with open(os.environ["FAILURES"], "w") as file:
                    json.dump(failures, file)
                raise ValueError("The rehearsal fails this resource once.")

    provision, update = stacks._provision_resource, stacks._update_resource

    def provision_unless_failing(resource_type, logical_id, properties, stack):
        check(stack, logical_id)
        return provision(resource_type, logical_id, properties, stack)

    def update_unless_failing(resource_type, physical_id, old, new, stack, logical_id=None, attributes=None):
        if old != new:
            check(stack, logical_id)
        return update(resource_type, physical_id, old, new, stack, logical_id, attributes)

    stacks._provision_resource, stacks._update_resource = provision_unless_failing, update_unless_failing


def create_cluster_security_groups():
    """EKS creates a security group for each cluster: https://docs.aws.amazon.com/eks/latest/userguide/sec-group-reqs.html"""
    create, delete = handler["AWS::EKS::Cluster"]["create"], handler["AWS::EKS::Cluster"]["delete"]

    def create_with_group(logical_id, properties, stack):
        name, attributes = create(logical_id, properties, stack)
        ec2, network = aws("ec2"), eks._clusters[name]["resourcesVpcConfig"]
        network["vpcId"] = ec2.describe_subnets(SubnetIds=network["subnetIds"][:1])["Subnets"][0]["VpcId"]
        network["clusterSecurityGroupId"] = ec2.create_security_group(
            GroupName=f"eks-cluster-sg-{name}", Description="EKS created security group", VpcId=network["vpcId"])["GroupId"]
        keys = [each["Provider"]["KeyArn"] for each in properties.get("EncryptionConfig", [])]
        return name, attributes | {"ClusterSecurityGroupId": network["clusterSecurityGroupId"], "EncryptionConfigKeyArn": "".join(keys)}

    def delete_with_group(name, properties):
        group = eks._clusters[name]["resourcesVpcConfig"]["clusterSecurityGroupId"]
        delete(name, properties)
        aws("ec2").delete_security_group(GroupId=group)

    handler["AWS::EKS::Cluster"] |= {"create": create_with_group, "delete": delete_with_group}
    call_back({"AWS::EKS::Cluster"})


def keep_protected_resources():
    """A resource with deletion protection cannot be deleted, also not by CloudFormation:
    https://docs.aws.amazon.com/eks/latest/userguide/deletion-protection.html
    https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_DeleteCluster.html
    https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/WorkingWithTables.Basics.html
    """
    delete = stacks._delete_resource

    def is_protected(properties):
        return (is_true(properties.get("DeletionProtection")) or is_true(properties.get("DeletionProtectionEnabled"))
                or any(is_true(each.get("DeletionProtectionEnabled")) for each in properties.get("Replicas", [])))

    def delete_unless_protected(resource_type, physical_id, properties, *stack_and_logical_id):
        if is_protected(properties):
            raise ValueError(f"{physical_id} cannot be deleted while deletion protection is enabled.")
        delete(resource_type, physical_id, properties, *stack_and_logical_id)

    stacks._delete_resource = delete_unless_protected


def keep_clusters_with_instances():
    """A database cluster that contains instances cannot be deleted:
    https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DeleteDBCluster.html (InvalidDBClusterStateFault)"""
    delete = handler["AWS::RDS::DBCluster"]["delete"]

    def delete_unless_used(cluster, properties):
        if any(each.get("DBClusterIdentifier") == cluster for each in rds._instances.values()):
            raise ValueError("Cluster cannot be deleted, it still contains DB instances in non-deleting state.")
        delete(cluster, properties)

    handler["AWS::RDS::DBCluster"]["delete"] = delete_unless_used


def keep_used_exports():
    """A stack cannot remove or change an output that another stack imports:
    https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-exports.html"""
    outputs = stacks._resolve_stack_outputs

    def importers(export, stack):
        return [name for name, other in cloudformation._stacks.items() if name != stack and other["StackStatus"] != "DELETE_COMPLETE"
                and export in handlers._imported_export_names(other, name)]

    def resolve(definitions, conditions, resources, parameters, mappings, stack, stack_id):
        resolved, exports = outputs(definitions, conditions, resources, parameters, mappings, stack, stack_id)
        for export, before in list(cloudformation._exports.items()):
            if before["StackId"] != stack_id or exports.get(export, {}).get("Value") == before["Value"]:
                continue
            if used := importers(export, stack):
                verb = "update" if export in exports else "delete"
                raise ValueError(f"Cannot {verb} export {export} as it is in use by {', '.join(used)}.")
            if export not in exports:
                del cloudformation._exports[export]
        return resolved, exports

    stacks._resolve_stack_outputs = resolve


def tag_buckets():
    """CloudFormation applies a bucket's tags, and CDK's function empties only buckets with its tag:
    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucket.html"""
    create = handler["AWS::S3::Bucket"]["create"]

    def create_with_tags(logical_id, properties, stack):
        name, attributes = create(logical_id, properties, stack)
        if properties.get("Tags"):
            aws("s3").put_bucket_tagging(Bucket=name, Tagging={"TagSet": properties["Tags"]})
        return name, attributes

    handler["AWS::S3::Bucket"]["create"] = create_with_tags
    call_back({"AWS::S3::Bucket"})


def accept_metric_math():
    """An alarm may evaluate an expression instead of a metric; the emulator evaluates only the first metric of the expression:
    https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html"""
    record = provisioners._cw_metric_alarm_record

    def typed(value):
        if isinstance(value, dict):
            return {key: float(item) if key == "Threshold" else is_true(item) if key == "ReturnData" else typed(item) for key, item in value.items()}
        return [typed(item) for item in value] if isinstance(value, list) else value

    def record_of_first_metric(name, properties):
        if "Metrics" not in properties:
            return record(name, properties)
        shape = aws("cloudwatch").meta.service_model.operation_model("PutMetricAlarm").input_shape
        validate_parameters({"AlarmName": name, **typed(properties)}, shape)
        first = next(each["MetricStat"] for each in properties["Metrics"] if "MetricStat" in each)
        metric = first["Metric"]
        return {"Metrics": typed(properties["Metrics"])} | record(name, without(properties, "Metrics") | {
            "MetricName": metric["MetricName"], "Namespace": metric["Namespace"], "Dimensions": metric.get("Dimensions", []),
            "Statistic": first["Stat"], "Period": first["Period"]})

    provisioners._cw_metric_alarm_record = record_of_first_metric


def know_pseudo_parameters_in_conditions():
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html"""
    evaluate = engine._evaluate_conditions

    def evaluate_with_pseudo_parameters(template, parameters):
        pseudo = {"AWS::Partition": "aws", "AWS::Region": get_region(), "AWS::AccountId": get_account_id(), "AWS::URLSuffix": "amazonaws.com"}
        return evaluate(template, {name: {"Value": value} for name, value in pseudo.items()} | parameters)

    for module in (changesets, engine, handlers, stacks):
        module._evaluate_conditions = evaluate_with_pseudo_parameters


def identify_secrets_by_arn():
    """Ref returns a secret's ARN, and GenerateSecretString has more rules than the emulator's CloudFormation knows:
    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-secretsmanager-secret.html
    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-secretsmanager-secret-generatesecretstring.html
    """
    secret = handler["AWS::SecretsManager::Secret"]
    create, update, delete = secret["create"], secret["update"], secret["delete"]

    def name(arn):
        return arn.split(":secret:")[-1].rsplit("-", 1)[0]

    def create_by_arn(logical_id, properties, stack):
        _, attributes = create(logical_id, properties, stack)
        return attributes["Arn"], attributes

    def update_by_arn(arn, old, new, *more):
        _, attributes = update(name(arn), old, new, *more)
        return attributes["Arn"], attributes

    def generate(properties):
        if "GenerateSecretString" not in properties:
            return properties.get("SecretString", "")
        rules = properties["GenerateSecretString"]
        options = {key: value if key in ("PasswordLength", "ExcludeCharacters") else is_true(value)
                   for key, value in without(rules, "SecretStringTemplate", "GenerateStringKey").items()}
        password = aws("secretsmanager").get_random_password(**options)["RandomPassword"]
        if "GenerateStringKey" not in rules:
            return password
        return json.dumps(json.loads(rules["SecretStringTemplate"]) | {rules["GenerateStringKey"]: password})

    handler["AWS::SecretsManager::Secret"] |= {
        "create": create_by_arn, "update": update_by_arn, "delete": lambda arn, properties: delete(name(arn), properties)}
    provisioners._sm_secret_string = generate
    call_back({"AWS::SecretsManager::Secret"})


def create_log_groups_by_role():
    """Lambda writes a function's log with the function's role, so a deleted log group returns only if the role may create it:
    https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html"""
    emit = lambda_svc._emit_lambda_logs

    def emit_if_allowed(function, *arguments, **options):
        configuration = function.get("config") or function
        group = (configuration.get("LoggingConfig") or {}).get("LogGroup") or f"/aws/lambda/{configuration['FunctionName']}"
        account, region, role = get_account_id(), get_region(), configuration["Role"]
        create = iam_evaluator.EvalContext(role, "AssumedRole", account, "logs:CreateLogGroup", f"arn:aws:logs:{region}:{account}:log-group:{group}", region)
        policies = iam_evaluator._gather_role_policies(role.split("/")[-1], account)
        if group in cloudwatch_logs._log_groups or iam_evaluator.evaluate(create, policies).decision == "Allow":
            emit(function, *arguments, **options)

    lambda_svc._emit_lambda_logs = emit_if_allowed


def treat_loopback_as_tls():
    """Policies deny requests without TLS, and here all requests use the loopback interface:
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-securetransport"""
    resolve = iam_evaluator._resolve_condition_key
    iam_evaluator._resolve_condition_key = lambda key, call: "true" if key.lower() == "aws:securetransport" else resolve(key, call)


ACCESS_ENTRY = re.compile(r"/clusters/([^/]+)/access-entries/(.+?)(?:/access-policies.*)?$")
access_entry = contextvars.ContextVar("the access entry of the current request", default=None)


def authorize_access_entries_and_schedules():
    """The resource and the condition keys of requests about access entries and schedules:
    https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelastickubernetesservice.html
    https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridgescheduler.html"""
    resource, tag_keys = iam_actions.extract_resource_arn, iam_actions.request_tag_context

    def parsed(body):
        return json.loads(body) if body[:1] == b"{" else {}

    def arn(service, method, path, headers, body, query, region, account):
        access_entry.set(None)
        match = ACCESS_ENTRY.match(urllib.parse.unquote(path)) if service == "eks" else None
        if match:
            entry = eks._access_entries.get(eks._ae_key(*match.groups()))
            access_entry.set(entry)
            return entry["accessEntryArn"] if entry else f"arn:aws:eks:{region}:{account}:access-entry/{match[1]}/none"
        if service == "scheduler" and path.startswith("/schedules/"):
            group = parsed(body).get("GroupName") or query.get("groupName") or "default"
            return f"arn:aws:scheduler:{region}:{account}:schedule/{group if isinstance(group, str) else group[0]}/{path.split('/')[2]}"
        return resource(service, method, path, headers, body, query, region, account)

    def keys(service, action, body, query):
        found = tag_keys(service, action, body, query)
        if service == "eks":
            request, entry = parsed(body), access_entry.get() or {}
            found |= {f"aws:RequestTag/{key}".lower(): value for key, value in request.get("tags", {}).items()}
            found |= {f"aws:ResourceTag/{key}".lower(): value for key, value in entry.get("tags", {}).items()}
            found |= {f"eks:{key}": request[key] for key in ("principalArn", "policyArn", "kubernetesGroups", "username") if request.get(key)}
            scope = request.get("accessScope", {})
            found |= {key: value for key, value in {"eks:accessScope": scope.get("type"), "eks:namespaces": scope.get("namespaces")}.items() if value}
            if action == "eks:CreateAccessEntry":
                found["eks:accessEntryType"] = request.get("type", "STANDARD")
        return found

    iam_actions.extract_resource_arn, iam_actions.request_tag_context = arn, keys


def simulate_with_context():
    """SimulatePrincipalPolicy evaluates conditions with the context keys of the request:
    https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html"""
    extract, build, evaluate = iam._extract_simulate_params, iam._build_simulate_results_real, iam_evaluator.evaluate
    context = contextvars.ContextVar("the context keys of the current simulation", default={})

    def members(parameters, prefix, suffix=""):
        names = (f"{prefix}.member.{number}{suffix}" for number in itertools.count(1))
        return [iam._p(parameters, name) for name in itertools.takewhile(parameters.__contains__, names)]

    def extract_with_context(parameters):
        keys = members(parameters, "ContextEntries", ".ContextKeyName")
        values = [members(parameters, f"ContextEntries.member.{number}.ContextKeyValues") for number in range(1, len(keys) + 1)]
        context.set({key.lower(): each[0] if len(each) == 1 else each for key, each in zip(keys, values)})
        return extract(parameters)

    def build_and_forget(*arguments):
        try:
            return build(*arguments)
        finally:
            context.set({})

    def evaluate_with_context(call, policies, *limits):
        call.service_context.update(context.get())
        return evaluate(call, policies, *limits)

    iam._extract_simulate_params, iam._build_simulate_results_real, iam_evaluator.evaluate = extract_with_context, build_and_forget, evaluate_with_context


LIBRARY = "libaws-lambda-jni.linux-x86_64.so"
JVM_OPTIONS = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx300m --enable-native-access=ALL-UNNAMED " \
              f"-Dcom.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI=$PWD/{LIBRARY}"


def run_java_functions():
    """Runs Java functions as processes with AWS's runtime client, each with the layers of its version in /opt:
    https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html, https://docs.aws.amazon.com/lambda/latest/dg/chapter-layers.html"""
    client = os.environ["RUNTIME_CLIENT"]
    bootstrap = f"""#!/usr/bin/env -S unshare --mount --propagation private sh
mount --bind "$LAYERS" /opt
exec {shlex.quote(os.path.join(os.environ["JAVA_HOME"], "bin/java"))} {JVM_OPTIONS} \\
  -cp {shlex.quote(client)} com.amazonaws.services.lambda.runtime.api.client.AWSLambda "$_HANDLER"
"""
    unpack, worker_class, execute, environment = (lambda_svc._provided_runtime_code_dir, lambda_runtime._worker_class_for,
                                                  lambda_svc._execute_function_docker, lambda_svc._provided_worker_env)
    lock = threading.Lock()

    def unpack_with_bootstrap(code):
        with lock:
            folder = unpack(code)
            program = os.path.join(folder, "bootstrap")
            if not os.path.exists(program):
                # The runtime client would unpack its library to one path in /tmp, which processes then share and overwrite.
                with zipfile.ZipFile(next(jar for jar in client.split(":") if "runtime-interface-client" in jar)) as jar:
                    jar.getinfo(f"jni/{LIBRARY}").filename = LIBRARY
                    jar.extract(jar.getinfo(f"jni/{LIBRARY}"), folder)
                with open(program, "w") as file:
                    file.write(bootstrap)
                os.chmod(program, 0o755)
            return folder

    def environment_with_layers(configuration, folder, port):
        layers = tempfile.mkdtemp(prefix="layers-")
        for layer in configuration.get("Layers", []):
            with zipfile.ZipFile(io.BytesIO(lambda_svc._resolve_layer_zip(layer))) as content:
                content.extractall(layers)
        return environment(configuration, folder, port) | {"LAYERS": layers}

    def is_java(configuration):
        return str(configuration.get("Runtime", "")).startswith("java")

    def execute_java(function, event, request):
        run = lambda_svc._execute_function_provided_warm if is_java(function.get("config") or function) else execute
        return run(function, event, request)

    lambda_svc._provided_runtime_code_dir, lambda_svc._provided_worker_env = unpack_with_bootstrap, environment_with_layers
    lambda_svc._execute_function_docker = execute_java
    lambda_runtime._worker_class_for = lambda given: lambda_runtime.ProvidedWorker if is_java(given) else worker_class(given)


if __name__ == "__main__":
    teach()
    backends.teach()
    cluster.serve(Path(os.environ["REHEARSAL_FOLDER"]) / "kubernetes")
    create_cluster_security_groups()
    keep_protected_resources()
    keep_clusters_with_instances()
    keep_used_exports()
    tag_buckets()
    accept_metric_math()
    know_pseudo_parameters_in_conditions()
    identify_secrets_by_arn()
    create_log_groups_by_role()
    treat_loopback_as_tls()
    authorize_access_entries_and_schedules()
    simulate_with_context()
    run_java_functions()
    fail_once()
    main()
