package io.reverser.alarms.notifier;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.alarms.notifier.event.AlarmNotification.StateChange;
import io.reverser.alarms.notifier.event.AlarmNotificationParser;
import io.reverser.alarms.notifier.event.AlarmPayload;
import io.reverser.alarms.notifier.message.AlarmText;
import io.reverser.alarms.notifier.outbox.OutboxEntry;
import io.reverser.alarms.notifier.publish.DigestPublisher;
import io.reverser.awssdk.AwsClients;
import io.reverser.awssdk.DynamoDbLeases;
import io.reverser.simulators.aws.dynamodb.TableDefinitions;
import io.reverser.simulators.aws.endpoint.AwsEndpoint;
import io.reverser.simulators.aws.lambda.FunctionFailed;
import io.reverser.simulators.aws.lambda.QueueTrigger;
import io.reverser.simulators.aws.sns.SnsTopic;
import io.reverser.simulators.aws.sqs.SqsQueue;
import io.reverser.simulators.slack.SlackEndpoint;
import io.reverser.simulators.slack.SlackWorkspace;
import io.reverser.simulators.slack.SlackWorkspace.WorkspaceMessage;
import io.reverser.slack.message.Mrkdwn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Runs the function in the process of the test, with simulators of AWS and Slack that can fail. */
final class AlarmsFixture implements AutoCloseable {

    static final String DEFAULT_CHANNEL = "C0USUAL";
    static final String CRITICAL_CHANNEL = "C0CRITICAL";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ROUTES = """
            {"channel": "C0USUAL", "routes": [
              {"name": "page", "tags": {"severity": "critical"}, "channel": "C0CRITICAL", "mention": ["S0ONCALL"]}]}""";

    final AwsEndpoint aws = AwsEndpoint.start();
    final SlackWorkspace workspace = new SlackWorkspace(aws.clock());
    final SlackEndpoint slack = SlackEndpoint.start(workspace, aws.faults(), "xoxb-test");
    final SqsQueue deadLetters = aws.sqs().createQueue("dead", Duration.ofSeconds(30));
    final SqsQueue alarmQueue =
            aws.sqs().createQueue("alarms", Duration.ofSeconds(60)).redriveTo(deadLetters, 1000);
    final SqsQueue workQueue = aws.sqs().createQueue("work", Duration.ofSeconds(60));
    final SnsTopic topic = new SnsTopic("alarms", alarmQueue, aws.clock());
    /** The state changes that CloudWatch has sent. */
    final List<StateChange> changes = new ArrayList<>();

    private final AwsClients clients = new AwsClients(
            Region.EU_CENTRAL_1,
            StaticCredentialsProvider.create(AwsBasicCredentials.create("alarms-notifier", "test")),
            Optional.of(aws.uri()));
    private final Path routes = routes();
    private final Duration minInterval;
    private AlarmsHandler handler;

    AlarmsFixture() {
        this(Duration.ofMillis(1));
    }

    AlarmsFixture(Duration minInterval) {
        this.minInterval = minInterval;
        aws.createTable(TableDefinitions.compositeKeyTable("alarms"));
        aws.secretsManager().putSecret("slack", "{\"bot_token\":\"xoxb-test\",\"signing_secret\":\"none\"}");
        slack.uploads().setProcessingDelay(Duration.ZERO);
        workspace.createChannel(DEFAULT_CHANNEL);
        workspace.createChannel(CRITICAL_CHANNEL);
        workspace.addUser(new SlackWorkspace.WorkspaceUser("U0ADA", "Ada", "T0", SlackWorkspace.Membership.MEMBER));
        aws.cloudWatch().onChange((subject, message) -> {
            changes.add((StateChange) AlarmPayload.parse(message).notification());
            topic.publish(subject, message);
            // A composite alarm changes later than its children, because changes with the same time would have no
            // order.
            aws.clock().move(Duration.ofMillis(1));
        });
        handler = handler();
    }

    /** Simulates a new process of the function, without the state in memory. */
    void restart() {
        handler = handler();
    }

    /** Makes another publisher, which posts nothing, hold the lease of the default channel until the lease expires. */
    void leaseHeldByAnother() {
        new DynamoDbLeases(clients.build(DynamoDbClient.builder()), "alarms", AlarmsProducer.LEASE_TTL, aws.clock())
                .acquire(DEFAULT_CHANNEL);
    }

    /** Creates an alarm on a metric. */
    void createAlarm(String name, String severity) {
        ObjectNode configuration = JsonNodeFactory.instance
                .objectNode()
                .put("AlarmName", name)
                .put("AlarmDescription", "Something is wrong with " + name + ". Runbook: https://example.com/" + name)
                .put("Namespace", "AWS/RDS")
                .put("MetricName", "WriteLatency")
                .put("Statistic", "Maximum")
                .put("Period", 60)
                .put("EvaluationPeriods", 3)
                .put("DatapointsToAlarm", 3)
                .put("ComparisonOperator", "GreaterThanThreshold")
                .put("Threshold", 1.5);
        configuration
                .putArray("Dimensions")
                .addObject()
                .put("Name", "DBClusterIdentifier")
                .put("Value", "dev");
        aws.cloudWatch().putAlarm(configuration, severity.isEmpty() ? Map.of() : Map.of("severity", severity));
    }

    /** Creates a composite alarm with this rule. */
    void createComposite(String name, String rule) {
        aws.cloudWatch()
                .putAlarm(
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("AlarmName", name)
                                .put("AlarmDescription", "All of it is wrong")
                                .put("AlarmRule", rule),
                        Map.of());
    }

    void setState(String name, String state) {
        aws.clock().move(Duration.ofMillis(5));
        aws.cloudWatch().setAlarmState(name, state, "because a test wants it to be " + state);
    }

    /** Delivers until the queues are empty, for two minutes at most; skips waiting times by moving the clock. */
    void drainQueues() {
        drainQueues(Duration.ofMinutes(2));
    }

    void drainQueues(Duration timeout) {
        Instant end = aws.clock().instant().plus(timeout);
        while (alarmQueue.size() + workQueue.size() > 0 && aws.clock().instant().isBefore(end)) {
            if (!deliverBatch()) {
                aws.clock().move(Duration.ofSeconds(1));
            }
        }
    }

    /** Delivers one batch of messages from each queue; returns false if all queues were empty. */
    boolean deliverBatch() {
        return QueueTrigger.deliver(alarmQueue, invoker()) + QueueTrigger.deliver(workQueue, invoker()) > 0;
    }

    UnaryOperator<String> invoker() {
        return event -> {
            try {
                String answer = JSON.writeValueAsString(handler.handleRequest(JSON.readTree(event), context()));
                if (aws.faults().isCallerCrashed()) {
                    throw new FunctionFailed("the process died");
                }
                return answer;
            } catch (JsonProcessingException impossible) {
                throw new IllegalStateException(impossible);
            } catch (RuntimeException crash) {
                throw new FunctionFailed(String.valueOf(crash));
            }
        };
    }

    /** Messages of a channel that are not in a thread. */
    List<WorkspaceMessage> messages(String channel) {
        return workspace.messages(channel).stream()
                .filter(message -> message.threadTs().isEmpty())
                .toList();
    }

    /** The replies in a message's thread. */
    List<WorkspaceMessage> replies(WorkspaceMessage message) {
        return workspace.messages(message.channel()).stream()
                .filter(reply -> reply.threadTs().filter(message.ts()::equals).isPresent())
                .toList();
    }

    /** How many times a state change was posted to Slack. */
    long publishedCount(StateChange change) {
        String dedupKey = OutboxEntry.idFor(new AlarmPayload("", change));
        String line = "%s `%s` %s"
                .formatted(AlarmText.stateEmoji(change.state()), change.alarm().name(), Mrkdwn.timeOfDay(change.at()));
        long single = allMessages()
                .filter(message -> message.content().metadata().contains("\"" + dedupKey + "\""))
                .count();
        long folded = allMessages()
                .filter(message -> message.content().metadata().contains(DigestPublisher.REPLY_KEY_PREFIX))
                .mapToLong(message -> count(message.blocks(), line))
                .sum();
        return single + folded;
    }

    /** How many times a state change is in the dead-letter queue. */
    long deadLetteredCount(StateChange change) {
        return deadLetters.peek().stream()
                .flatMap(record ->
                        AlarmNotificationParser.parse(record.path("body").asText()).stream())
                .filter(payload -> payload.notification() instanceof StateChange one
                        && one.key().equals(change.key()))
                .count();
    }

    /** The state changes that are not exactly once in Slack or in the dead-letter queue, each with its counts. */
    List<String> misdelivered() {
        return changes.stream()
                .filter(change -> publishedCount(change) + deadLetteredCount(change) != 1)
                .map(change -> "%s: %d in Slack, %d dead-lettered"
                        .formatted(change.key(), publishedCount(change), deadLetteredCount(change)))
                .toList();
    }

    /** The failure reasons of all messages in the dead-letter queue. */
    List<String> deadLetterReasons() {
        return deadLetters.peek().stream()
                .map(record ->
                        record.at("/messageAttributes/reason/StringValue").asText())
                .toList();
    }

    @Override
    public void close() {
        slack.close();
        aws.close();
    }

    private Stream<WorkspaceMessage> allMessages() {
        return Stream.of(DEFAULT_CHANNEL, CRITICAL_CHANNEL).flatMap(channel -> workspace.messages(channel).stream());
    }

    private static long count(String text, String part) {
        long count = 0;
        for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
            count++;
        }
        return count;
    }

    private AlarmsHandler handler() {
        return new AlarmsHandler(AlarmsProducer.dispatcher(new Config(), clients, aws.clock()));
    }

    private static Context context() {
        return (Context) Proxy.newProxyInstance(
                AlarmsFixture.class.getClassLoader(),
                new Class<?>[] {Context.class},
                (proxy, method, arguments) -> answer(method.getName()));
    }

    private static @Nullable Object answer(String method) {
        return method.equals("getRemainingTimeInMillis") ? Integer.valueOf(60_000) : null;
    }

    private static Path routes() {
        try {
            return Files.writeString(Files.createTempFile(Path.of("target"), "alarms", ".json"), ROUTES);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private final class Config implements AlarmsConfig {

        @Override
        public Path routesFile() {
            return routes;
        }

        @Override
        public String table() {
            return "alarms";
        }

        @Override
        public String slackSecret() {
            return "slack";
        }

        @Override
        public URI slackApi() {
            return slack.uri();
        }

        @Override
        public String slackResponseUrlPrefix() {
            return slack.responseUrlBase().toString();
        }

        @Override
        public QueueUrls queue() {
            return new QueueUrls() {
                @Override
                public String alarms() {
                    return alarmQueue.url();
                }

                @Override
                public String work() {
                    return workQueue.url();
                }

                @Override
                public String deadLetters() {
                    return deadLetters.url();
                }
            };
        }

        @Override
        public Duration episodeReopenWindow() {
            return Duration.ofMinutes(15);
        }

        @Override
        public Duration maxAge() {
            return Duration.ofHours(4);
        }

        @Override
        public Duration minInterval() {
            return minInterval;
        }
    }
}
