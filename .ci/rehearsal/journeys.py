"""What people and AWS do with a deployed environment, each through its deployed trigger: no journey calls a function itself.

`start` runs a simulated Slack and a MySQL server, before the emulator starts; `Journeys.environment` contains the variables
with which the deployed functions and the emulator find them.
"""
import hashlib
import hmac
import json
import os
import re
import secrets
import subprocess
import time
import traceback
import urllib.error
import urllib.parse
import urllib.request
from datetime import datetime, timezone
from pathlib import Path

import pymysql
import yaml

from kubernetes_user import PERMITTED, KubernetesUser

ROOT = Path(__file__).resolve().parent.parent.parent


def start(account, work, environment, settings):
    return Journeys(account, work, environment, settings)


def wait(seconds, probe, what):
    """Returns the first result of the probe that is true, or fails after this many seconds."""
    end = time.time() + seconds
    while True:
        result = probe()
        if result:
            return result
        assert time.time() < end, f"no {what} after {seconds} s"
        time.sleep(0.5)


class Journeys:

    def __init__(self, account, work, environment, settings):
        self.account, self.work, self.name = account, Path(work), environment
        self.settings = yaml.safe_load(settings.read_text())
        self.access = self.settings["access"]
        # The secret that the operator creates before the first deployment.
        self.slack_secret = {"bot_token": f"xoxb-{secrets.token_hex(8)}", "signing_secret": secrets.token_hex(16)}
        alarms = self.settings["alarms"]
        self.channels = sorted({alarms["channel"], *(route["channel"] for route in alarms.get("routes", [])), self.access["slack"]["approvals"],
                                self.settings["rotation"]["channel"]})
        runner = ROOT / "sandbox/runner"
        class_path = f"{runner}/target/classes:{(runner / 'target/class-path').read_text()}"
        self.process = subprocess.Popen(
            [os.path.join(os.environ["JAVA_HOME"], "bin/java"), f"@{runner}/src/main/jvm.options", "-cp", class_path,
             "io.reverser.runner.rehearsal.RehearsalServers", str(self.work / "servers"), self.slack_secret["bot_token"],
             self.access["slack"]["team"], ",".join(self.channels), ",".join(self.access["people"])],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        assert line, "the simulated Slack and the database did not start"
        self.servers = json.loads(line)
        self.environment = {
            **{f"{function}_SLACK_API": self.servers["slack"] for function in ("ACCESS", "ALARMS", "ROTATION")},
            **{f"{function}_SLACK_RESPONSE_URL_PREFIX": self.servers["responses"] for function in ("ACCESS", "ALARMS")},
            "ROTATION_DATABASE_PORT": str(self.servers["port"]), "ROTATION_DATABASE_CA": self.servers["authority"],
            "REHEARSAL_DATABASE": json.dumps(self.servers)}

    def close(self):
        self.process.stdin.close()
        self.process.wait(30)

    def run_first(self):
        """The journeys that any settings allow. Returns the name of each, whether it succeeded, and a detail."""
        self.results = []
        self.api = self.output("functions", "SlackRequestUrl")
        self.journey("the deployed alarms get their first data, and Slack gets no message", self.first_data)
        self.journey("the permissions that the emulator does not ask for are there", self.permissions)
        self.journey("a request without a signature, and one that is too old, get HTTP 401", self.refused_requests)
        return self.results

    def run(self):
        """All journeys."""
        self.run_first()
        granted = self.journey("a slash command, an approval, and access to Kubernetes with its end", self.grant)
        self.journey("./platform verify-permissions finds every role as expected", self.verify_permissions)
        self.journey("an alarm fires and is resolved: one message, updated in place", self.alarm)
        self.journey("an alarm that no channel accepts goes to the dead-letter queue", self.undeliverable_alarm)
        self.journey("a change of the request table that the function cannot process goes to the failure queue", self.failing_record)
        self.journey("a scheduled event that the function cannot process goes to the failure queue", self.failing_schedule)
        self.journey("the deployment created the application's database user", self.database_user)
        thread = self.journey("RotateSecret changes the database password", self.rotation)
        if granted:
            self.journey("the deployed schedule ends the access", lambda: self.expiry(*granted))
        if thread:
            self.journey("the deployed schedule rolls the new password out to the pods", lambda: self.rollout(thread))
        return self.results

    def journey(self, name, steps):
        """Runs the steps of a journey, which return a detail for the report, or the detail and a result for another journey."""
        try:
            detail = steps()
            detail, result = detail if isinstance(detail, tuple) else (detail, None)
            self.results.append((name, True, detail))
            return result
        except Exception as failure:
            where = traceback.extract_tb(failure.__traceback__)[1:2]
            self.results.append((name, False, f"{failure!r} in {where[0].name if where else ''}"))
            return None

    def permissions(self):
        """Schedules, event source mappings, failure destinations and the HTTP API need permissions that the emulator does not check."""
        iam, functions, scheduler = (self.account.client(service) for service in ("iam", "lambda", "scheduler"))
        needed = set()
        for group in ("cluster-access", "rotation"):
            for each in scheduler.list_schedules(GroupName=f"{self.name}-{group}")["Schedules"]:
                target = scheduler.get_schedule(GroupName=f"{self.name}-{group}", Name=each["Name"])["Target"]
                needed |= {(target["RoleArn"], "lambda:InvokeFunction", target["Arn"]),
                           (target["RoleArn"], "sqs:SendMessage", target["DeadLetterConfig"]["Arn"])}
        polled = {"sqs": ("ReceiveMessage", "DeleteMessage", "GetQueueAttributes"), "dynamodb": ("GetRecords", "GetShardIterator", "DescribeStream")}
        for mapping in functions.list_event_source_mappings()["EventSourceMappings"]:
            role = functions.get_function_configuration(FunctionName=mapping["FunctionArn"])["Role"]
            service = mapping["EventSourceArn"].split(":")[2]
            needed |= {(role, f"{service}:{action}", mapping["EventSourceArn"]) for action in polled[service]}
            if failed := mapping.get("DestinationConfig", {}).get("OnFailure", {}).get("Destination"):
                needed.add((role, "sqs:SendMessage", failed))
        for function in self.account.pages("lambda", "list_functions", "Functions"):
            for each in functions.list_function_event_invoke_configs(FunctionName=function["FunctionName"])["FunctionEventInvokeConfigs"]:
                needed.add((function["Role"], "sqs:SendMessage", each["DestinationConfig"]["OnFailure"]["Destination"]))
        refused = [(role.split("/")[-1], action, resource) for role, action, resource in sorted(needed)
                   if iam.simulate_principal_policy(PolicySourceArn=role, ActionNames=[action], ResourceArns=[resource])
                   ["EvaluationResults"][0]["EvalDecision"] != "allowed"]
        assert not refused, refused
        policy = functions.get_policy(FunctionName=f"{self.name}-access-command", Qualifier="live")["Policy"]
        assert "apigateway.amazonaws.com" in policy, policy
        return f"{len(needed)} permissions of roles"

    def verify_permissions(self):
        done = subprocess.run([ROOT / "platform", "verify-permissions", self.name], env=self.account.environment,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        (self.work / "verify-permissions.log").write_text(done.stdout)
        assert done.returncode == 0, done.stdout
        return done.stdout.strip().splitlines()[-1].removeprefix("platform: ")

    # Alarms

    def first_data(self):
        """CloudWatch executes the OK actions of a new alarm when it gets its first data:
        https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html"""
        self.expect_no_messages("after the deployment")
        alarms = {each["AlarmName"]: each for kind in ("MetricAlarms", "CompositeAlarms")
                  for each in self.account.pages("cloudwatch", "describe_alarms", kind)}
        notifying = sorted(name for name, alarm in alarms.items() if self.topic() in alarm["OKActions"])
        assert len(notifying) > 20, f"only {notifying} notify the topic"
        for name in notifying:
            self.set_alarm(name, "INSUFFICIENT_DATA")
            self.set_alarm(name, "OK")
        recorded = lambda: {item["sk"]["S"].split(":")[-1] for item in self.items(f"{self.name}-alarms") if item["sk"]["S"].startswith("alarm#")}
        wait(120, lambda: set(notifying) <= recorded(), "record of every alarm")
        self.drain()
        self.expect_no_messages("after the first data")
        return f"{len(notifying)} alarms"

    def alarm(self):
        """The channel may change meanwhile, because the rehearsal deploys other routes."""
        name, before = f"{self.name}-database-cpu", {channel: self.timestamps(channel) for channel in self.channels}
        new = lambda: [message for channel in self.channels for message in self.messages(channel) if message["ts"] not in before[channel]]
        began = time.time()
        self.set_alarm(name, "ALARM")
        [fired] = wait(30, new, "message of the alarm")
        seconds = time.time() - began
        assert fired["text"].startswith("🔴"), fired["text"]
        self.drain()
        self.set_alarm(name, "OK")
        wait(30, lambda: [message for message in new() if message["text"].startswith("🟢")], "resolution")
        self.drain()
        assert [message["ts"] for message in new()] == [fired["ts"]], f"the resolution is another message: {new()}"
        return f"posted after {seconds:.1f} s"

    def undeliverable_alarm(self):
        queue, dead_letters = self.queue("alarms"), self.queue("alarms-dlq")
        policy = json.loads(self.attributes(queue)["RedrivePolicy"])
        assert policy["deadLetterTargetArn"] == self.attributes(dead_letters)["QueueArn"], policy
        self.reject("chat.postMessage", "is_archived")
        try:
            self.set_alarm(f"{self.name}-database-capacity", "ALARM")
            message = wait(60, lambda: self.receive(dead_letters), "message in the dead-letter queue")
        finally:
            self.reject()
        assert "database-capacity" in message["Body"], message["Body"]
        self.set_alarm(f"{self.name}-database-capacity", "OK")
        self.drain()
        reason = {key: value.get("StringValue") for key, value in message.get("MessageAttributes", {}).items()}
        return f"{reason or ''}; SQS itself moves a message after {policy['maxReceiveCount']} receipts: read back, not waited for"

    # Cluster access

    def refused_requests(self):
        command = self.command("help")
        assert self.call(command, signature="v0=0")[0] == 401, "a wrong signature is accepted"
        assert self.call(command, signature="")[0] == 401, "no signature is needed"
        assert self.call(command, at=time.time() - 600)[0] == 401, "a signature may be ten minutes old"
        assert self.call(command)[0] == 200, "a valid signature is not accepted"

    def grant(self):
        rule = self.access["rules"][0]
        requester = self.access["groups"][rule["who"][0]][0]
        approver = next(person for person in self.access["groups"][rule["approvers"][0]] if person != requester)
        cluster, channel, principal = rule["clusters"][0], self.access["slack"]["approvals"], self.access["people"][requester]["principal"]
        level = self.access["levels"][rule["levels"][0]]
        namespace = self.access["clusters"][cluster]["namespaces"][0] if level["scope"] == "namespace" else None
        user = KubernetesUser(self.account, self.work, cluster, principal)
        may = lambda: user.may(*PERMITTED[level["policy"]], namespace=namespace)
        assert may() is None, "Kubernetes knows the principal before the grant"
        before = self.timestamps(channel)
        status, reply = self.call(self.command(f"{cluster} {rule['levels'][0]} 5m a rehearsal", user=requester))
        assert status == 200, (status, reply)
        message = wait(60, lambda: self.newest(channel, before), f"request in Slack, after the reply {reply!r}")
        button = next(element for block in message["blocks"] for element in block.get("elements", [])
                      if element.get("type") == "button" and "approve" in element["action_id"].lower())
        clicked = time.time()
        status, reply = self.call({"payload": json.dumps({
            "type": "block_actions", "api_app_id": self.access["slack"]["app"], "trigger_id": secrets.token_hex(8),
            "team": {"id": self.access["slack"]["team"]}, "user": {"id": approver, "team_id": self.access["slack"]["team"]},
            "response_url": self.servers["responses"] + secrets.token_hex(8),
            "container": {"type": "message", "message_ts": message["ts"], "channel_id": channel},
            "actions": [{"type": "button", "action_id": button["action_id"], "value": button["value"], "action_ts": f"{time.time():.6f}"}]})})
        assert status == 200, (status, reply)
        entry = wait(60, lambda: self.entry(cluster, principal), "access entry")
        seconds = time.time() - clicked
        policies = wait(30, lambda: self.account.client("eks").list_associated_access_policies(
            clusterName=cluster, principalArn=principal)["associatedAccessPolicies"], "access policy")
        assert [each["policyArn"].split("/")[-1] for each in policies] == [level["policy"]], policies
        assert len(entry["tags"]) > 3, entry["tags"]
        wait(60, may, "access in Kubernetes")
        scheduler = self.account.client("scheduler")
        group = f"{self.name}-cluster-access"
        [name] = [each["Name"] for each in scheduler.list_schedules(GroupName=group)["Schedules"] if "Sweep" not in each["Name"]]
        schedule = scheduler.get_schedule(GroupName=group, Name=name)
        due = datetime.fromisoformat(re.fullmatch(r"at\((.*)\)", schedule["ScheduleExpression"])[1]).replace(tzinfo=timezone.utc).timestamp()
        assert 200 < due - clicked < 330, schedule["ScheduleExpression"]
        assert schedule["Target"]["Arn"].endswith(":function:" + f"{self.name}-access-granter:live"), schedule["Target"]
        assert schedule["Target"]["DeadLetterConfig"]["Arn"], schedule["Target"]
        wait(30, lambda: "ranted" in json.dumps(self.message(channel, message["ts"])), "message that the access is granted")
        return f"{seconds:.1f} s after the approval", (cluster, principal, channel, message["ts"], due, may)

    def expiry(self, cluster, principal, channel, ts, due, may):
        wait(due - time.time() + 90, lambda: not self.entry(cluster, principal), "end of the access")
        late = time.time() - due
        assert late > -2, f"the access ended {-late:.0f} s too early"
        assert may() is None, "Kubernetes still knows the principal after the end of the access"
        wait(60, lambda: re.search("xpired|ended", json.dumps(self.message(channel, ts))), "message that the access ended")
        return f"{late:.0f} s after the time of the schedule; the emulator looks every 10 s"

    def failing_record(self):
        """A request that the function cannot parse."""
        dynamodb, table = self.account.client("dynamodb"), f"{self.name}-cluster-access"
        key = {"id": {"S": "r-7k3m9q4xwz"}, "sk": {"S": "REQUEST"}}
        dynamodb.put_item(TableName=table, Item={**key, "body": {"S": "no JSON"}})
        [queue] = [each for each in self.account.client("sqs").list_queues()["QueueUrls"] if "AccessDeadLetterQueue" in each]
        message = wait(120, lambda: self.receive(queue), "record in the failure queue")
        dynamodb.delete_item(TableName=table, Key=key)
        record = json.loads(message["Body"])
        assert record["DDBStreamBatchInfo"]["batchSize"] == 1, record
        return record["requestContext"]["condition"]

    # Rotation

    def failing_schedule(self):
        """A copy of the deployed schedule, with an event that the function rejects."""
        scheduler, group = self.account.client("scheduler"), f"{self.name}-rotation"
        [name] = [each["Name"] for each in scheduler.list_schedules(GroupName=group)["Schedules"]]
        deployed = scheduler.get_schedule(GroupName=group, Name=name)
        scheduler.create_schedule(
            Name="rehearsal", GroupName=group, FlexibleTimeWindow=deployed["FlexibleTimeWindow"], ActionAfterCompletion="DELETE",
            ScheduleExpression=f"at({datetime.now(timezone.utc):%Y-%m-%dT%H:%M:%S})", Target=deployed["Target"] | {"Input": '{"Step": "rehearsal"}'})
        message = wait(60, lambda: self.receive(self.queue("rotation-dlq")), "event in the failure queue")
        assert "rehearsal" in message["Body"], message["Body"]

    def database_user(self):
        secret = self.database_secret()
        with self.connect(secret) as connection, connection.cursor() as cursor:
            cursor.execute("SHOW GRANTS")
            grants = " ".join(grant for row in cursor.fetchall() for grant in row)
        assert f"`{secret['MYSQL_DATABASE']}`.*" in grants, grants

    def rotation(self):
        """The deployed function checks the application in the cluster before it changes anything."""
        self.await_application()
        secrets_manager, name = self.account.client("secretsmanager"), f"{self.name}/reverser/database"
        log = self.work / "rotation.jsonl"
        tests = [json.loads(line) for line in log.read_text().splitlines()]
        assert [(each["step"], each["error"]) for each in tests] == [("testSecret", "")], f"after the schedule was created: {tests}"
        until = datetime.fromtimestamp(time.time() + 3600, timezone.utc)
        before = self.timestamps(self.settings["rotation"]["channel"])
        with self.account.deployment:
            old = self.database_secret()
            secrets_manager.tag_resource(SecretId=name, Tags=[{"Key": key, "Value": value} for key, value in {
                "rotation:until": f"{until:%Y-%m-%dT%H:%M:%SZ}", "rotation:by": "rehearsal", "rotation:why": "a rehearsal"}.items()])
            secrets_manager.rotate_secret(SecretId=name)
            steps = lambda: [json.loads(line) for line in log.read_text().splitlines()][len(tests):]
            wait(120, lambda: len(steps()) == 4 or any(each["error"] for each in steps()), "four steps")
            assert not any(each["error"] for each in steps()), steps()
            new = self.database_secret()
        assert old["MYSQL_PASSWORD"] != new["MYSQL_PASSWORD"], "the secret has the old password"
        self.connect(new).close()
        strategy = self.settings["rotation"]["strategy"]
        assert self.can_log_in(old) == (strategy != "single_user"), f"with {strategy}, the old login: {self.can_log_in(old)}"
        thread = wait(90, lambda: self.newest(self.settings["rotation"]["channel"], before), "message of the rotation in Slack")["ts"]
        return f"{strategy}: the old login {'works until the end of the bake time' if self.can_log_in(old) else 'is refused'}", thread

    def rollout(self, thread):
        replies = lambda: [message["text"] for message in self.slack(
            "conversations.replies", channel=self.settings["rotation"]["channel"], ts=thread)["messages"]]
        wait(240, lambda: "All pods use the new password." in replies(), "message that all pods use the new password")
        return f"not waited for: the bake time of {self.settings['rotation']['bake']}, after which the old login is refused"

    def await_application(self):
        """Waits until the programs of cluster.py have done what Argo CD and External Secrets do with the deployed application."""
        kubeconfig = next(self.work.glob("kubernetes/*/admin.kubeconfig"), None)
        assert kubeconfig, "there is no Kubernetes API server"
        for ready in (["Available", "deployment/reverser"], ["Ready", "externalsecret/database"]):
            kubectl = lambda: subprocess.run(
                [self.work / "opt/kubectl/kubectl", "--kubeconfig", kubeconfig, "--namespace", "reverser", "wait", "--timeout", "1s", "--for",
                 f"condition={ready[0]}", ready[1]], stdout=subprocess.PIPE, stderr=subprocess.STDOUT).returncode == 0
            wait(120, kubectl, f"ready {ready[1]}")

    # The database

    def database_secret(self):
        return json.loads(self.account.client("secretsmanager").get_secret_value(SecretId=f"{self.name}/reverser/database")["SecretString"])

    def connect(self, secret):
        return pymysql.connect(host=secret["MYSQL_HOST"], port=self.servers["port"], user=secret["MYSQL_USER"], password=secret["MYSQL_PASSWORD"],
                               database=secret["MYSQL_DATABASE"], ssl={"ca": self.servers["authority"]})

    def can_log_in(self, secret):
        try:
            self.connect(secret).close()
            return True
        except pymysql.err.OperationalError:
            return False

    # The account

    def output(self, stack, key):
        [described] = self.account.client("cloudformation").describe_stacks(StackName=f"{self.name}-{stack}")["Stacks"]
        return next(each["OutputValue"] for each in described["Outputs"] if each["OutputKey"] == key)

    def topic(self):
        return next(each["TopicArn"] for each in self.account.client("sns").list_topics()["Topics"] if each["TopicArn"].endswith(f":{self.name}-alarms"))

    def set_alarm(self, name, state):
        self.account.client("cloudwatch").set_alarm_state(AlarmName=name, StateValue=state, StateReason="a rehearsal")

    def items(self, table):
        return self.account.pages("dynamodb", "scan", "Items", TableName=table)

    def entry(self, cluster, principal):
        eks = self.account.client("eks")
        if principal in eks.list_access_entries(clusterName=cluster)["accessEntries"]:
            return eks.describe_access_entry(clusterName=cluster, principalArn=principal)["accessEntry"]
        return None

    def queue(self, name):
        return self.account.client("sqs").get_queue_url(QueueName=f"{self.name}-{name}")["QueueUrl"]

    def attributes(self, queue):
        return self.account.client("sqs").get_queue_attributes(QueueUrl=queue, AttributeNames=["All"])["Attributes"]

    def receive(self, queue):
        """Receives and deletes a message."""
        sqs = self.account.client("sqs")
        for message in sqs.receive_message(QueueUrl=queue, MessageAttributeNames=["All"]).get("Messages", []):
            sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
            return message
        return None

    def drain(self):
        """Waits until the notifier has processed all notifications, graphs and clicks."""
        pending = lambda: sum(int(self.attributes(self.queue(name))[f"ApproximateNumberOfMessages{kind}"])
                              for name in ("alarms", "alarms-work") for kind in ("", "NotVisible", "Delayed"))
        wait(120, lambda: pending() == 0, "empty queue of alarms")

    # Slack

    def slack(self, method, **parameters):
        request = urllib.request.Request(self.servers["slack"] + method, urllib.parse.urlencode(parameters).encode(),
                                         {"Authorization": f"Bearer {self.slack_secret['bot_token']}"})
        with urllib.request.urlopen(request) as response:
            reply = json.load(response)
        assert reply["ok"], reply
        return reply

    def reject(self, *call):
        """Lets Slack reject all calls of a method with an error; without arguments, no calls any more."""
        print(*call, file=self.process.stdin, flush=True)
        self.process.stdout.readline()

    def messages(self, channel):
        return self.slack("conversations.history", channel=channel, limit=1000)["messages"]

    def message(self, channel, ts):
        return next(message for message in self.messages(channel) if message["ts"] == ts)

    def timestamps(self, channel):
        return {message["ts"] for message in self.messages(channel)}

    def newest(self, channel, before):
        return next((message for message in self.messages(channel) if message["ts"] not in before), None)

    def expect_no_messages(self, when):
        found = {channel: texts for channel in self.channels if (texts := [message["text"] for message in self.messages(channel)])}
        assert not found, f"{when}, Slack got {found}"

    def command(self, text, user=None):
        slack = self.access["slack"]
        return {"team_id": slack["team"], "api_app_id": slack["app"], "user_id": user or next(iter(self.access["people"])), "command": "/cluster-access",
                "text": text, "channel_id": "C0GENERAL", "response_url": self.servers["responses"] + secrets.token_hex(8),
                "trigger_id": secrets.token_hex(8)}

    def call(self, form, signature=None, at=None):
        """Calls the deployed HTTP API as Slack does: https://docs.slack.dev/authentication/verifying-requests-from-slack/"""
        body, timestamp = urllib.parse.urlencode(form), str(int(at or time.time()))
        if signature is None:
            signature = "v0=" + hmac.new(self.slack_secret["signing_secret"].encode(), f"v0:{timestamp}:{body}".encode(), hashlib.sha256).hexdigest()
        url = urllib.parse.urlsplit(self.api)
        request = urllib.request.Request(f"{self.account.endpoint}{url.path}", body.encode(), {
            "Host": url.netloc, "Content-Type": "application/x-www-form-urlencoded", "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": signature})
        try:
            with urllib.request.urlopen(request) as response:
                return response.status, response.read().decode()
        except urllib.error.HTTPError as failure:
            return failure.code, failure.read().decode()
