"""The calls that AWS makes for our stacks and MiniStack does not: to a database, to a rotation function, to failure queues.

Environment variables: REHEARSAL_DATABASE, JSON with the port, the certificate authority and the administrator of a MySQL server;
REHEARSAL_FOLDER, the folder in which rotation.jsonl lists the steps that Secrets Manager called.
"""
import contextvars
import json
import os
import threading
import time
import uuid
from pathlib import Path

import pymysql
from ministack.core.responses import error_response_json, json_response
from ministack.services import dynamodb, eventbridge, lambda_svc, rds, rds_data, secretsmanager
from ministack.services.cloudformation import provisioners
from taught_types import aws, call_back

DATABASE = json.loads(os.environ["REHEARSAL_DATABASE"])
HOST = "127.0.0.1"


def connect(user, password, database=None):
    """Connects as Aurora's clients do, and verifies the server's certificate."""
    return pymysql.connect(host=HOST, port=DATABASE["port"], user=user, password=password, database=database, autocommit=True,
                           ssl={"ca": DATABASE["authority"]})


def run_database():
    """A MySQL server is the writer of each Aurora cluster; a new cluster has the administrator, the password and the database
    of its template and nothing else: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.MasterAccounts.html
    The Data API executes statements there, with the user in the secret:
    https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/data-api.html"""
    cluster = provisioners._RESOURCE_HANDLERS["AWS::RDS::DBCluster"]
    create, update, password = cluster["create"], cluster["update"], DATABASE["password"]

    def execute(*statements):
        with connect(DATABASE["administrator"], password) as connection, connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(*statement)
            return cursor.fetchall()

    # The administrator of this server, unlike Aurora's, may write only to one database, so root grants the rights on each new one.
    execute(("RENAME USER 'root'@'localhost' TO 'root'@%s", HOST))

    def grant(database):
        with connect("root", "") as connection, connection.cursor() as cursor:
            cursor.execute(f"GRANT ALL ON `{database}`.* TO {DATABASE['administrator']} WITH GRANT OPTION")

    def set_password(properties):
        nonlocal password
        if properties.get("MasterUserPassword", password) != password:
            execute(("ALTER USER %s@'%%' IDENTIFIED BY %s", (DATABASE["administrator"], properties["MasterUserPassword"])))
            password = properties["MasterUserPassword"]

    def create_empty(logical_id, properties, stack):
        name, _ = create(logical_id, properties, stack)
        rds._clusters[name] |= {"Endpoint": HOST, "ReaderEndpoint": HOST}
        assert properties["MasterUsername"] == DATABASE["administrator"], "the server's administrator has another name"
        users = execute(("SELECT user, host FROM mysql.user WHERE user NOT LIKE 'mysql.%%' AND user NOT IN ('root', %s)", DATABASE["administrator"]))
        execute(*(("DROP USER %s@%s", user) for user in users), (f"DROP DATABASE IF EXISTS `{properties['DatabaseName']}`",),
                (f"CREATE DATABASE `{properties['DatabaseName']}`",))
        grant(properties["DatabaseName"])
        set_password(properties)
        return name, provisioners._rds_db_cluster_attrs(rds._clusters[name])

    def update_password(physical_id, old, new, *more):
        set_password(new)
        return update(physical_id, old, new, *more)

    cluster |= {"create": create_empty, "update": update_password}
    rds_data._has_real_endpoint = lambda instance: True
    rds_data._connect = lambda instance, engine, database=None, password=None, username=None: connect(username, password, database)


def rotate_secrets():
    """RotateSecret adds a version without a value, and calls the rotation function with each step:
    https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda-functions.html
    Without RotateImmediately, it calls only testSecret, and then removes the version:
    https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RotateSecret.html"""
    get_value = secretsmanager._get_secret_value
    log = Path(os.environ["REHEARSAL_FOLDER"]) / "rotation.jsonl"

    def get(request):
        status, headers, body = get_value(request)
        if status == 200 and not {"SecretString", "SecretBinary"} & set(json.loads(body)):
            return error_response_json("ResourceNotFoundException", "Secrets Manager can't find the specified secret value.", 400)
        return status, headers, body

    def rotate(request):
        _, secret = secretsmanager._resolve(request["SecretId"])
        if not secret:
            return error_response_json("ResourceNotFoundException", "Secrets Manager can't find the specified secret.", 400)
        secret |= {key: request[key] for key in ("RotationLambdaARN", "RotationRules") if key in request} | {"RotationEnabled": True}
        token = request.get("ClientRequestToken") or str(uuid.uuid4())
        pending = [version for version, each in secret["Versions"].items()
                   if "AWSPENDING" in each["Stages"] and "AWSCURRENT" not in each["Stages"] and version != token]
        if pending:
            return error_response_json("InvalidRequestException", "A previous rotation isn't complete. That rotation will be reattempted.", 400)
        secret["Versions"].setdefault(token, {"SecretString": None, "SecretBinary": None, "CreatedDate": int(time.time()), "Stages": ["AWSPENDING"]})
        context = contextvars.copy_context()
        threading.Thread(target=context.run, args=(call, secret, token, request.get("RotateImmediately", True)), daemon=True).start()
        return json_response({"ARN": secret["ARN"], "Name": secret["Name"], "VersionId": token})

    def call(secret, token, immediately):
        functions, function = aws("lambda"), secret["RotationLambdaARN"]
        try:
            policy = functions.get_policy(FunctionName=function)["Policy"]
            assert "secretsmanager.amazonaws.com" in policy, "the function's policy does not permit Secrets Manager to invoke it"
            for step in ("createSecret", "setSecret", "testSecret", "finishSecret") if immediately else ("testSecret",):
                event = {"Step": step, "SecretId": secret["ARN"], "ClientRequestToken": token, "RotationToken": str(uuid.uuid4())}
                response = functions.invoke(FunctionName=function, Payload=json.dumps(event))
                note(secret, step, response["Payload"].read().decode() if "FunctionError" in response else "")
                if "FunctionError" in response:
                    return
            if immediately:
                secret["LastRotatedDate"] = int(time.time())
        except Exception as failure:
            note(secret, "RotateSecret", repr(failure))
        finally:
            if not immediately:
                secret["Versions"].pop(token)

    def note(secret, step, error):
        with open(log, "a") as file:
            file.write(json.dumps({"secret": secret["Name"], "step": step, "error": error}) + "\n")

    secretsmanager._get_secret_value, secretsmanager._rotate_secret = get, rotate
    # The rotation function calls the database's emulator while CloudFormation creates the schedule.
    call_back({"AWS::SecretsManager::RotationSchedule"})


def retry_scheduled_invocations():
    """EventBridge Scheduler invokes a function asynchronously, so the event invoke config of the alias decides what happens to an
    event that the function fails to process: https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-templated.html"""
    def dispatch(arn, payload):
        function, configuration, _ = lambda_svc._get_func_record_for_ref(arn)
        base, _, _ = lambda_svc._get_base_func_record_for_ref(arn)
        qualifier = arn.split(":")[7] if arn.count(":") > 6 else "$LATEST"
        lambda_svc.invoke_async_with_retry(
            lambda_svc._execution_record_for_config(function, configuration)
            | {"event_invoke_config": (base.get("event_invoke_configs") or {}).get(qualifier) or {}}, json.loads(payload))

    eventbridge._dispatch_to_lambda = dispatch


def retry_stream_records():
    """A record that a function reports as failed is retried as often as its event source mapping says, and then its position goes
    to the failure destination: https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html"""
    execute, records_since = lambda_svc._execute_function, dynamodb.stream_records_since

    def execute_record(function, event, *more):
        records = event.get("Records") if isinstance(event, dict) else None
        if not records or records[0].get("eventSource") != "aws:dynamodb":
            return execute(function, event, *more)
        mapping = next(each for _, _, each in lambda_svc._iter_all_esms() if each["EventSourceArn"] == records[0]["eventSourceARN"])
        for _ in range(1 + int(mapping["MaximumRetryAttempts"])):
            result = execute(function, event, *more)
            body = result.get("body")
            body = json.loads(body) if isinstance(body, (str, bytes)) and body else body or {}
            if not result.get("error") and not body.get("batchItemFailures"):
                return result
            time.sleep(0.05)
        lambda_svc._send_ddb_stream_failure_record(mapping, function, records, mapping["EventSourceArn"], result, "RetryAttemptsExhausted")
        return {"body": {}}

    lambda_svc._execute_function = execute_record
    # Records one by one, so that no other record is retried with a failing one.
    dynamodb.stream_records_since = lambda table, position, size: records_since(table, position, 1)


def teach():
    run_database()
    rotate_secrets()
    retry_scheduled_invocations()
    retry_stream_records()
