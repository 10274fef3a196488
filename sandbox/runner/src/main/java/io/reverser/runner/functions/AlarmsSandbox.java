package io.reverser.runner.functions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.reverser.simulators.aws.cloudwatch.CloudWatch;
import io.reverser.simulators.aws.dynamodb.TableDefinitions;
import io.reverser.simulators.aws.lambda.FunctionPackage;
import io.reverser.simulators.aws.lambda.LambdaFunction;
import io.reverser.simulators.aws.lambda.QueueTrigger;
import io.reverser.simulators.aws.sns.SnsTopic;
import io.reverser.simulators.aws.sqs.SqsQueue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Alarms on this machine: CloudWatch, an SNS topic and a queue for the alarms' state changes, and two processes of the
 * packaged notifier function, as Lambda would run them.
 */
public final class AlarmsSandbox implements AutoCloseable {

    /** The default channel of alarms. */
    public static final String ALARMS_CHANNEL = "C0ALARMS";

    /** The channel of critical alarms, whose messages mention the on-call group. */
    public static final String ON_CALL_CHANNEL = "C0ONCALL";

    private static final int PROCESS_COUNT = 2;
    private static final long FLAP_INTERVAL_MS = 300;

    private final CloudWatch cloudWatch;
    private final SqsQueue deadLetterQueue;
    private final SqsQueue queue;
    private final Map<String, String> environment;
    private final List<LambdaFunction> functions;
    private final List<QueueTrigger> triggers;
    private int createdAlarms;

    private AlarmsSandbox(Path repository, Path home, SimulatedBackends backends) throws IOException {
        var aws = backends.aws();
        cloudWatch = aws.cloudWatch();
        deadLetterQueue = aws.sqs().createQueue("alarms-dead-letters", Duration.ofSeconds(30));
        queue = aws.sqs().createQueue("alarms", Duration.ofSeconds(60)).redriveTo(deadLetterQueue, 1000);
        aws.createTable(TableDefinitions.compositeKeyTable("alarms"));
        backends.workspace().createChannel(ALARMS_CHANNEL);
        backends.workspace().createChannel(ON_CALL_CHANNEL);
        JsonNode settings = readSettings();
        settings.path("alarms")
                .forEach(alarm -> cloudWatch.putAlarm(alarm.path("configuration"), parseTags(alarm.path("tags"))));
        cloudWatch.onChange(new SnsTopic("alarms", queue, aws.clock())::publish);
        Path routes = Files.writeString(
                home.resolve("alarms.json"), settings.path("routes").toString());
        environment = environment(backends, routes);
        functions = IntStream.rangeClosed(1, PROCESS_COUNT)
                .mapToObj(number -> LambdaFunction.of(
                        FunctionPackage.unzip(
                                "alarms-" + number, zip(repository), home, FunctionPackage.QUARKUS_HANDLER),
                        environment))
                .toList();
        List<UnaryOperator<String>> invokers = functions.stream()
                .map(function -> (UnaryOperator<String>) function::invoke)
                .toList();
        triggers = Stream.of(queue, backends.alarmWorkQueue())
                .map(one -> QueueTrigger.start(one, invokers))
                .toList();
    }

    /**
     * Starts CloudWatch, the topic and the queues; the function's processes start with the first alarm.
     *
     * @param home the folder for all files of the sandbox
     */
    public static AlarmsSandbox start(Path repository, Path home, SimulatedBackends backends) {
        try {
            Path folder = home.toAbsolutePath();
            Files.createDirectories(folder);
            return new AlarmsSandbox(repository, folder, backends);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The environment variables of the notifier function. */
    public Map<String, String> environment() {
        return environment;
    }

    /** The ZIP file that the build creates for the notifier function. */
    public static Path zip(Path repository) {
        return repository.resolve("lambdas/alarms/notifier/target/function.zip");
    }

    /** Starts the function's processes in advance, so that the first alarm does not wait for them. */
    public List<ProcessHandle> startProcesses() {
        return functions.stream().map(LambdaFunction::start).toList();
    }

    /** Kills all processes of the function, as in a crash; the next message starts new ones. */
    public void kill() {
        functions.forEach(LambdaFunction::kill);
    }

    /** Kills one of the function's processes, as in a crash. */
    public void kill(int number) {
        functions.get(number % PROCESS_COUNT).kill();
    }

    /** Whether all processes of the function are idle. */
    public boolean isIdle() {
        return functions.stream().noneMatch(LambdaFunction::isBusy);
    }

    /** All alarms in the simulated CloudWatch. */
    public List<CloudWatch.AlarmSummary> alarms() {
        return cloudWatch.alarms();
    }

    /** Sets an alarm's state, such as {@code ALARM} or {@code OK}. */
    public void setState(String alarm, String state) {
        cloudWatch.setAlarmState(alarm, state, stateReason(state));
    }

    /** Fires and resolves an alarm several times. */
    public void flap(String alarm, int times) {
        for (int i = 0; i < times; i++) {
            setState(alarm, "ALARM");
            pause();
            setState(alarm, "OK");
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(FLAP_INTERVAL_MS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Creates new alarms, fires them, and returns their names. */
    public List<String> fireStorm(int count) {
        return IntStream.range(0, count).mapToObj(this::fireNewAlarm).toList();
    }

    private String fireNewAlarm(int number) {
        String name = "shop-%s-%03d-errors"
                .formatted(number % 4 == 0 ? "db" : number % 4 == 1 ? "queue" : "web", createdAlarms++);
        ObjectNode configuration = JsonNodeFactory.instance
                .objectNode()
                .put("AlarmName", name)
                .put("AlarmDescription", "A shop instance returns errors. Many others do, too.")
                .put("Namespace", "Shop")
                .put("MetricName", "Errors")
                .put("Statistic", "Sum")
                .put("Period", 60)
                .put("EvaluationPeriods", 1)
                .put("ComparisonOperator", "GreaterThanThreshold")
                .put("Threshold", 10);
        cloudWatch.putAlarm(configuration, Map.of());
        cloudWatch.setAlarmState(name, "ALARM", stateReason("ALARM"));
        return name;
    }

    /** The queue of alarm messages that the function could not process. */
    public SqsQueue deadLetterQueue() {
        return deadLetterQueue;
    }

    /** The queue between the SNS topic and the function. */
    public SqsQueue queue() {
        return queue;
    }

    @Override
    public void close() {
        triggers.forEach(QueueTrigger::close);
        functions.forEach(LambdaFunction::close);
    }

    private static Map<String, String> environment(SimulatedBackends backends, Path routes) {
        var environment = new HashMap<>(backends.awsEnvironment());
        environment.put("ALARMS_ROUTES_FILE", routes.toString());
        environment.put("ALARMS_TABLE", "alarms");
        environment.put("ALARMS_SLACK_SECRET", "slack");
        environment.put("ALARMS_SLACK_API", backends.slack().uri().toString());
        environment.put(
                "ALARMS_SLACK_RESPONSE_URL_PREFIX",
                backends.slack().responseUrlBase().toString());
        environment.put("ALARMS_QUEUE_ALARMS", "https://sqs.eu-central-1.amazonaws.com/111122223333/alarms");
        environment.put("ALARMS_QUEUE_WORK", backends.alarmWorkQueue().url());
        environment.put(
                "ALARMS_QUEUE_DEAD_LETTERS", "https://sqs.eu-central-1.amazonaws.com/111122223333/alarms-dead-letters");
        return environment;
    }

    private static String stateReason(String state) {
        return state.equals("ALARM")
                ? "Threshold Crossed: 3 out of the last 3 datapoints were greater than the threshold"
                        + " (minimum 3 datapoints for OK -> ALARM transition)."
                : "Threshold Crossed: 1 out of the last 3 datapoints was not greater than the threshold"
                        + " (minimum 1 datapoint for ALARM -> OK transition).";
    }

    private static Map<String, String> parseTags(JsonNode tags) {
        var all = new HashMap<String, String>();
        tags.properties().forEach(tag -> all.put(tag.getKey(), tag.getValue().asText()));
        return all;
    }

    private static JsonNode readSettings() throws IOException {
        try (InputStream file = AlarmsSandbox.class.getResourceAsStream("alarms.yaml")) {
            return new YAMLMapper().readTree(file);
        }
    }
}
