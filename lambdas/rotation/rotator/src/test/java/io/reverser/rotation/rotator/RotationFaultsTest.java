package io.reverser.rotation.rotator;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.rotation.rotator.RotationHarness.Variant;
import io.reverser.simulators.fault.FaultInjector.Fault;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever call goes wrong, the last of a process or not: at every moment the database lets in what the secret says or what
 * it said before, no pod is refused, the rotation comes to an end, and the thread says which, each thing once.
 */
class RotationFaultsTest {

    private static final int MAX_MINUTES = 30;
    private static final int PARALLELISM = 6;
    /** {@code -Dfaults=every}: every call and every fault. {@code -Dfaults=more}: more calls. Neither: what is worst. */
    private static final String FAULTS = System.getProperty("faults", "");

    private static final boolean EVERY_FAULT = FAULTS.equals("every");

    /** Where a rotation goes. */
    enum Course {
        /** To its good end. */
        FORWARD,
        /** Back, because an alarm rings when all pods are new. */
        ROLLBACK
    }

    static Stream<Arguments> scenarios() {
        return Stream.of(Variant.DUAL_PASSWORD_ON_MYSQL, Variant.ALTERNATING_USERS_ON_MARIADB)
                .flatMap(variant -> Stream.of(Course.values())
                        .flatMap(course -> faults(course).map(fault -> Arguments.of(variant, course, fault))));
    }

    private static Stream<Fault> faults(Course course) {
        return EVERY_FAULT && course == Course.FORWARD
                ? Stream.of(Fault.CALLER_CRASH, Fault.ERROR_BEFORE_EFFECT, Fault.ERROR_AFTER_EFFECT)
                : Stream.of(Fault.CALLER_CRASH);
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void comesToAGoodEndWhateverCallGoesWrong(Variant variant, Course course, Fault fault) {
        List<String> calls;
        int turningPoint;
        try (var harness = harness(variant, course)) {
            assertThat(run(harness, course)).isEmpty();
            assertThat(harness.outcome()).isEqualTo(course == Course.FORWARD ? "has changed" : "is as before");
            calls = harness.aws.faults().calls();
            turningPoint = harness.callsBeforeAlarm();
        }
        Map<String, List<String>> table = new ConcurrentSkipListMap<>();
        var wrong = new ConcurrentLinkedQueue<String>();
        try (var threads = Executors.newFixedThreadPool(PARALLELISM)) {
            selectCalls(variant, calls, turningPoint, fault)
                    .forEach(call -> threads.execute(() -> {
                        try (var harness = harness(variant, course)) {
                            harness.aws.faults().injectAfter(call, fault);
                            List<String> problems = run(harness, course);
                            table.computeIfAbsent(
                                            calls.get(call), name -> Collections.synchronizedList(new ArrayList<>()))
                                    .add(harness.outcome());
                            problems.forEach(problem -> wrong.add("%s at %d, %s: %s %s"
                                    .formatted(fault, call, calls.get(call), problem, harness.threadReplies())));
                        } catch (RuntimeException broken) {
                            wrong.add("%s at %d, %s: %s".formatted(fault, call, calls.get(call), broken));
                        }
                    }));
        }
        print("%s, %s, %s".formatted(variant, course, fault), table);
        assertThat(table.keySet())
                .contains("Database.connect")
                .anyMatch(call -> call.startsWith("Database.ALTER USER"));
        if (!isSampled(variant)) {
            assertThat(table)
                    .containsKeys(
                            "SecretsManager.UpdateSecretVersionStage",
                            "Kubernetes.PatchExternalSecret",
                            "Slack.chat.postMessage");
        }
        assertThat(wrong).isEmpty();
    }

    private static RotationHarness harness(Variant variant, Course course) {
        return new RotationHarness(variant, course == Course.FORWARD ? "0m" : "5m", Optional.empty());
    }

    /** Whether only the calls of the database go wrong: all others are the same with each strategy. */
    private static boolean isSampled(Variant variant) {
        return FAULTS.isEmpty() && variant != Variant.DUAL_PASSWORD_ON_MYSQL;
    }

    /**
     * The first call of each name, counted from where the rotation turns back, if it does: what comes before is what goes forward,
     * too. With more faults the very first of each name and the last as well, or every call but for those that the table's client
     * repeats by itself.
     */
    private static Set<Integer> selectCalls(Variant variant, List<String> calls, int turningPoint, Fault fault) {
        return IntStream.range(0, calls.size())
                .filter(call -> !isSampled(variant) || calls.get(call).startsWith("Database."))
                .filter(call -> (call >= turningPoint
                                && !calls.subList(turningPoint, call).contains(calls.get(call)))
                        || (!FAULTS.isEmpty()
                                && (calls.indexOf(calls.get(call)) == call
                                        || calls.lastIndexOf(calls.get(call)) == call))
                        || (EVERY_FAULT
                                && (fault == Fault.CALLER_CRASH
                                        || !calls.get(call).startsWith("DynamoDB."))))
                .boxed()
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Minute by minute to the end, with a new process whenever one has died; what was wrong on the way or is at the end. */
    private static List<String> run(RotationHarness harness, Course course) {
        var problems = new ArrayList<String>();
        for (int minute = 0; minute < MAX_MINUTES && !harness.isFinished(); minute++) {
            harness.minute(problems);
            if (course == Course.ROLLBACK
                    && harness.threadReplies().stream().anyMatch(line -> line.contains("All pods are new"))) {
                harness.setAlarm("ALARM");
            }
            if (harness.aws.faults().isCallerCrashed()) {
                harness.aws.faults().clear();
                harness.restart();
            }
        }
        harness.aws.faults().clear();
        problems.addAll(harness.violations());
        return problems;
    }

    private static void print(String title, Map<String, List<String>> table) {
        System.out.printf("%n%s%n", title);
        table.forEach((call, ends) -> {
            var counts = new TreeMap<String, Integer>();
            ends.forEach(end -> counts.merge(end, 1, Integer::sum));
            System.out.printf("  %-46s %s%n", call, counts);
        });
    }
}
