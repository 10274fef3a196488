package io.reverser.runner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.reverser.aws.KeyedTable;
import io.reverser.simulators.aws.CloudWatch;
import io.reverser.simulators.aws.SnsTopic;
import io.reverser.simulators.aws.SqsQueue;
import io.reverser.simulators.lambda.FunctionPackage;
import io.reverser.simulators.lambda.LambdaFunction;
import io.reverser.simulators.lambda.QueueTrigger;
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

/** Alarms on this machine: CloudWatch, its topic and queue, and the packaged function, twice, as Lambda would run it. */
public final class AlarmsSandbox implements AutoCloseable {

    /** Where most alarms go. */
    public static final String ALARMS = "C0ALARMS";

    /** Where those go that wake somebody. */
    public static final String ON_CALL = "C0ONCALL";

    private static final int PROCESSES = 2;
    private static final long FLAP_MS = 300;

    private final CloudWatch cloudWatch;
    private final SqsQueue dead;
    private final SqsQueue queue;
    private final List<LambdaFunction> functions;
    private final List<QueueTrigger> triggers;
    private int made;

    private AlarmsSandbox(Path repository, Path home, AccessSurroundings surroundings) throws IOException {
        var aws = surroundings.aws();
        cloudWatch = aws.cloudWatch();
        dead = aws.sqs().create("alarms-dead", Duration.ofSeconds(30));
        queue = aws.sqs().create("alarms", Duration.ofSeconds(60)).redriveTo(dead, 1000);
        aws.createTable(KeyedTable.of("alarms"));
        surroundings.workspace().open(ALARMS);
        surroundings.workspace().open(ON_CALL);
        JsonNode settings = settings();
        settings.path("alarms").forEach(alarm -> cloudWatch.put(alarm.path("configuration"), tags(alarm.path("tags"))));
        cloudWatch.onChange(new SnsTopic("alarms", queue, aws.clock())::publish);
        Path routes = Files.writeString(
                home.resolve("alarms.json"), settings.path("routes").toString());
        Map<String, String> environment = environment(surroundings, routes);
        functions = IntStream.rangeClosed(1, PROCESSES)
                .mapToObj(number -> LambdaFunction.of(
                        FunctionPackage.unzip("alarms-" + number, zip(repository), home, FunctionPackage.QUARKUS),
                        environment))
                .toList();
        List<UnaryOperator<String>> invokers = functions.stream()
                .map(function -> (UnaryOperator<String>) function::invoke)
                .toList();
        triggers = Stream.of(queue, surroundings.alarmWork())
                .map(one -> QueueTrigger.start(one, invokers))
                .toList();
    }

    /**
     * Starts it; the function's processes start with the first alarm.
     *
     * @param home everything it writes is in there
     */
    public static AlarmsSandbox start(Path repository, Path home, AccessSurroundings surroundings) {
        try {
            Path folder = home.toAbsolutePath();
            Files.createDirectories(folder);
            return new AlarmsSandbox(repository, folder, surroundings);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Where the build leaves the package. */
    public static Path zip(Path repository) {
        return repository.resolve("lambdas/alarms/tell/target/function.zip");
    }

    /** Starts the processes, so that nobody waits for them. */
    public List<ProcessHandle> warm() {
        return functions.stream().map(LambdaFunction::start).toList();
    }

    /** Ends the processes as a crash would; what comes next finds new ones. */
    public void kill() {
        functions.forEach(LambdaFunction::kill);
    }

    /** Ends one of the processes. */
    public void kill(int number) {
        functions.get(number % PROCESSES).kill();
    }

    /** Whether no process works at anything. */
    public boolean isIdle() {
        return functions.stream().noneMatch(LambdaFunction::isBusy);
    }

    /** All alarms. */
    public List<CloudWatch.Shown> alarms() {
        return cloudWatch.alarms();
    }

    /** Makes an alarm ring, or end. */
    public void set(String alarm, String state) {
        cloudWatch.set(alarm, state, reason(state));
    }

    /** It rings and ends, over and over. */
    public void flap(String alarm, int times) {
        for (int i = 0; i < times; i++) {
            set(alarm, "ALARM");
            pause();
            set(alarm, "OK");
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(FLAP_MS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** So many alarms ring, which there were not before; their names. */
    public List<String> storm(int count) {
        return IntStream.range(0, count).mapToObj(this::newAlarmRings).toList();
    }

    private String newAlarmRings(int number) {
        String name =
                "shop-%s-%03d-errors".formatted(number % 4 == 0 ? "db" : number % 4 == 1 ? "queue" : "web", made++);
        ObjectNode configuration = JsonNodeFactory.instance
                .objectNode()
                .put("AlarmName", name)
                .put("AlarmDescription", "A part of the shop fails. It is one of many.")
                .put("Namespace", "Shop")
                .put("MetricName", "Errors")
                .put("Statistic", "Sum")
                .put("Period", 60)
                .put("EvaluationPeriods", 1)
                .put("ComparisonOperator", "GreaterThanThreshold")
                .put("Threshold", 10);
        cloudWatch.put(configuration, Map.of());
        cloudWatch.set(name, "ALARM", reason("ALARM"));
        return name;
    }

    /** What nobody could be told. */
    public SqsQueue dead() {
        return dead;
    }

    /** What is on its way. */
    public SqsQueue queue() {
        return queue;
    }

    @Override
    public void close() {
        triggers.forEach(QueueTrigger::close);
        functions.forEach(LambdaFunction::close);
    }

    private static Map<String, String> environment(AccessSurroundings surroundings, Path routes) {
        var environment = new HashMap<>(surroundings.place());
        environment.put("ALARMS_ROUTES_FILE", routes.toString());
        environment.put("ALARMS_TABLE", "alarms");
        environment.put("ALARMS_SLACK_SECRET", "slack");
        environment.put("ALARMS_SLACK_API", surroundings.slack().uri().toString());
        environment.put(
                "ALARMS_SLACK_RESPONSES", surroundings.slack().responses().toString());
        environment.put("ALARMS_QUEUE_ALARMS", "https://sqs.eu-central-1.amazonaws.com/111122223333/alarms");
        environment.put("ALARMS_QUEUE_WORK", surroundings.alarmWork().url());
        environment.put("ALARMS_QUEUE_DEAD_LETTERS", "https://sqs.eu-central-1.amazonaws.com/111122223333/alarms-dead");
        return environment;
    }

    private static String reason(String state) {
        return state.equals("ALARM")
                ? "Threshold Crossed: 3 out of the last 3 datapoints were greater than the threshold"
                        + " (minimum 3 datapoints for OK -> ALARM transition)."
                : "Threshold Crossed: 1 out of the last 3 datapoints was not greater than the threshold"
                        + " (minimum 1 datapoint for ALARM -> OK transition).";
    }

    private static Map<String, String> tags(JsonNode tags) {
        var all = new HashMap<String, String>();
        tags.properties().forEach(tag -> all.put(tag.getKey(), tag.getValue().asText()));
        return all;
    }

    private static JsonNode settings() throws IOException {
        try (InputStream file = AlarmsSandbox.class.getResourceAsStream("alarms.yaml")) {
            return new YAMLMapper().readTree(file);
        }
    }
}
