package io.reverser.alarms;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.alarms.Notice.Change;
import io.reverser.aws.AwsApi;
import io.reverser.aws.AwsSettings;
import io.reverser.aws.KeyedTable;
import io.reverser.simulators.aws.AwsEndpoint;
import io.reverser.simulators.aws.SnsTopic;
import io.reverser.simulators.aws.SqsQueue;
import io.reverser.simulators.lambda.FunctionFailed;
import io.reverser.simulators.lambda.QueueTrigger;
import io.reverser.simulators.slack.SlackEndpoint;
import io.reverser.simulators.slack.SlackWorkspace;
import io.reverser.simulators.slack.SlackWorkspace.Posted;
import io.reverser.slack.Text;
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
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The function in this process, with an AWS and a Slack that can fail around it. */
final class AlarmsWorld implements AutoCloseable {

    static final String USUAL = "C0USUAL";
    static final String CRITICAL = "C0CRITICAL";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ROUTES = """
            {"channel": "C0USUAL", "routes": [
              {"name": "wake", "tags": {"severity": "critical"}, "channel": "C0CRITICAL", "mention": ["S0ONCALL"]}]}""";

    static {
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "test");
    }

    final AwsEndpoint aws = AwsEndpoint.start();
    final SlackWorkspace workspace = new SlackWorkspace(aws.clock());
    final SlackEndpoint slack = SlackEndpoint.start(workspace, aws.faults(), "xoxb-test");
    final SqsQueue dead = aws.sqs().create("dead", Duration.ofSeconds(30));
    final SqsQueue alarms = aws.sqs().create("alarms", Duration.ofSeconds(60)).redriveTo(dead, 1000);
    final SqsQueue work = aws.sqs().create("work", Duration.ofSeconds(60));
    final SnsTopic topic = new SnsTopic("alarms", alarms, aws.clock());
    /** What CloudWatch said so far. */
    final List<Change> changes = new ArrayList<>();

    private final Path routes = routes();
    private final Duration pace;
    private AlarmsHandler handler;

    AlarmsWorld() {
        this(Duration.ofMillis(1));
    }

    AlarmsWorld(Duration pace) {
        this.pace = pace;
        aws.createTable(KeyedTable.of("alarms"));
        aws.secrets().put("slack", "{\"bot_token\":\"xoxb-test\",\"signing_secret\":\"none\"}");
        slack.uploads().takeTime(Duration.ZERO);
        workspace.open(USUAL);
        workspace.open(CRITICAL);
        workspace.join(new SlackWorkspace.Person("U0ADA", "Ada", "T0", SlackWorkspace.Standing.MEMBER));
        aws.cloudWatch().onChange((subject, message) -> {
            changes.add((Change) NoticeReader.read(message).getFirst());
            topic.publish(subject, message);
            // A composite alarm follows its parts; what is told of one moment has no order.
            aws.clock().move(Duration.ofMillis(1));
        });
        handler = handler();
    }

    /** A new process, which knows nothing. */
    void restart() {
        handler = handler();
    }

    /** Somebody else has the turn of the usual channel, for as long as a turn lasts, and says nothing. */
    void otherSpeaks() {
        new Turns(new AwsApi(place()), "alarms", aws.clock()).take(USUAL);
    }

    /** An alarm on a metric. */
    void alarm(String name, String severity) {
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
        aws.cloudWatch().put(configuration, severity.isEmpty() ? Map.of() : Map.of("severity", severity));
    }

    /** An alarm on others. */
    void composite(String name, String rule) {
        aws.cloudWatch()
                .put(
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("AlarmName", name)
                                .put("AlarmDescription", "All of it is wrong")
                                .put("AlarmRule", rule),
                        Map.of());
    }

    void set(String name, String state) {
        aws.clock().move(Duration.ofMillis(5));
        aws.cloudWatch().set(name, state, "because a test wants it to be " + state);
    }

    /** Hands over what there is until nothing is left, and moves the clock over every pause; for two minutes at most. */
    void run() {
        run(Duration.ofMinutes(2));
    }

    void run(Duration longest) {
        Instant end = aws.clock().instant().plus(longest);
        while (alarms.size() + work.size() > 0 && aws.clock().instant().isBefore(end)) {
            if (!handOver()) {
                aws.clock().move(Duration.ofSeconds(1));
            }
        }
    }

    /** One batch of each queue; whether there was any. */
    boolean handOver() {
        return QueueTrigger.deliver(alarms, invoker()) + QueueTrigger.deliver(work, invoker()) > 0;
    }

    UnaryOperator<String> invoker() {
        return event -> {
            try {
                String answer = JSON.writeValueAsString(handler.handleRequest(JSON.readTree(event), context()));
                if (aws.faults().isCallerDead()) {
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

    /** Messages of a channel that stand in no thread. */
    List<Posted> messages(String channel) {
        return workspace.messages(channel).stream()
                .filter(message -> message.thread().isEmpty())
                .toList();
    }

    /** What stands below a message. */
    List<Posted> replies(Posted message) {
        return workspace.messages(message.channel()).stream()
                .filter(reply -> reply.thread().filter(message.ts()::equals).isPresent())
                .toList();
    }

    /** How often a change stands in Slack. */
    long told(Change change) {
        String mark = Line.id(change, "");
        String line = "%s `%s` %s"
                .formatted(Phrases.sign(change.state()), change.alarm().name(), Text.timeOfDay(change.at()));
        long marked = everything()
                .filter(message -> message.content().metadata().contains("\"" + mark + "\""))
                .count();
        long folded = everything()
                .filter(message -> message.content().metadata().contains(Storm.FOLD))
                .mapToLong(message -> count(message.blocks(), line))
                .sum();
        return marked + folded;
    }

    /** How often a change lies in the dead-letter queue. */
    long buried(Change change) {
        return dead.peek().stream()
                .flatMap(record -> NoticeReader.read(record.path("body").asText()).stream())
                .filter(notice -> notice instanceof Change one && one.key().equals(change.key()))
                .count();
    }

    /** Each change that is not exactly once in Slack or in the dead-letter queue, and how often it is in either. */
    List<String> wrong() {
        return changes.stream()
                .filter(change -> told(change) + buried(change) != 1)
                .map(change -> "%s: %d in Slack, %d buried".formatted(change.key(), told(change), buried(change)))
                .toList();
    }

    /** Why they lie there. */
    List<String> reasons() {
        return dead.peek().stream()
                .map(record ->
                        record.at("/messageAttributes/reason/StringValue").asText())
                .toList();
    }

    @Override
    public void close() {
        slack.close();
        aws.close();
    }

    private Stream<Posted> everything() {
        return Stream.of(USUAL, CRITICAL).flatMap(channel -> workspace.messages(channel).stream());
    }

    private static long count(String text, String part) {
        long count = 0;
        for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
            count++;
        }
        return count;
    }

    private AlarmsHandler handler() {
        return new AlarmsHandler(Wiring.desk(new Config(), place(), aws.clock()));
    }

    private AwsSettings place() {
        return AwsSettings.from(Map.of(
                "AWS_REGION",
                "eu-central-1",
                "AWS_ACCESS_KEY_ID",
                "test",
                "AWS_SECRET_ACCESS_KEY",
                "test",
                "AWS_ENDPOINT_URL",
                aws.uri().toString()));
    }

    private static Context context() {
        return (Context) Proxy.newProxyInstance(
                AlarmsWorld.class.getClassLoader(),
                new Class<?>[] {Context.class},
                (proxy, method, arguments) -> answer(method.getName()));
    }

    private static @Nullable Object answer(String method) {
        return method.equals("getRemainingTimeInMillis") ? Integer.valueOf(60_000) : null;
    }

    private static Path routes() {
        try {
            return Files.writeString(Files.createTempFile("alarms", ".json"), ROUTES);
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
        public String slackResponses() {
            return slack.responses().toString();
        }

        @Override
        public Queue queue() {
            return new Queue() {
                @Override
                public String alarms() {
                    return alarms.url();
                }

                @Override
                public String work() {
                    return work.url();
                }

                @Override
                public String deadLetters() {
                    return dead.url();
                }
            };
        }

        @Override
        public Duration reopens() {
            return Duration.ofMinutes(15);
        }

        @Override
        public Duration givesUpAfter() {
            return Duration.ofHours(4);
        }

        @Override
        public Duration pace() {
            return pace;
        }
    }
}
