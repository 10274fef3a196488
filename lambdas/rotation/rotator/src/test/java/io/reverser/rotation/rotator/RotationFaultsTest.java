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
 * Injects faults into each call, including a crash of the process. At any time the database must accept the login of
 * the current or of the previous version, no pod may be refused a login, and the rotation must end and report its
 * outcome once.
 */
class RotationFaultsTest {

    private static final int MAX_MINUTES = 30;
    private static final int PARALLELISM = 6;
    /**
     * Selects the injected faults: {@code every} means each fault in each call, {@code more} means faults in more
     * calls, and the default is one crash for each kind of call.
     */
    private static final String FAULTS = System.getProperty("faults", "");

    private static final boolean EVERY_FAULT = FAULTS.equals("every");

    enum Course {
        FORWARD,
        /** The rotation is rolled back, because an alarm fires when all pods are new. */
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
    void endsConsistentlyWhateverCallFails(Variant variant, Course course, Fault fault) {
        List<String> calls;
        int rollbackStart;
        try (var harness = harness(variant, course)) {
            assertThat(run(harness, course)).isEmpty();
            assertThat(harness.outcome()).isEqualTo(course == Course.FORWARD ? "has changed" : "was rolled back");
            calls = harness.aws.faults().calls();
            rollbackStart = harness.callsBeforeAlarm();
        }
        Map<String, List<String>> table = new ConcurrentSkipListMap<>();
        var failures = new ConcurrentLinkedQueue<String>();
        try (var threads = Executors.newFixedThreadPool(PARALLELISM)) {
            selectCalls(variant, calls, rollbackStart, fault)
                    .forEach(call -> threads.execute(() -> {
                        try (var harness = harness(variant, course)) {
                            harness.aws.faults().injectAfter(call, fault);
                            List<String> violations = run(harness, course);
                            table.computeIfAbsent(
                                            calls.get(call), name -> Collections.synchronizedList(new ArrayList<>()))
                                    .add(harness.outcome());
                            violations.forEach(violation -> failures.add("%s at %d, %s: %s %s"
                                    .formatted(fault, call, calls.get(call), violation, harness.threadReplies())));
                        } catch (RuntimeException broken) {
                            failures.add("%s at %d, %s: %s".formatted(fault, call, calls.get(call), broken));
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
        assertThat(failures).isEmpty();
    }

    private static RotationHarness harness(Variant variant, Course course) {
        return new RotationHarness(variant, course == Course.FORWARD ? "0m" : "5m", Optional.empty());
    }

    /**
     * Whether faults are injected into database calls only, because all other calls are the same with every strategy.
     */
    private static boolean isSampled(Variant variant) {
        return FAULTS.isEmpty() && variant != Variant.DUAL_PASSWORD_ON_MYSQL;
    }

    /**
     * Selects the calls into which a fault is injected. By default, these are the first call of each name; in a
     * rollback, only calls after the start of the rollback, because the earlier calls are the same as in a rotation
     * without a rollback. With {@code more}, also the first and the last call of each name in the whole rotation. With
     * {@code every}, each call; but errors of DynamoDB, which the SDK retries, are limited as with {@code more}.
     */
    private static Set<Integer> selectCalls(Variant variant, List<String> calls, int rollbackStart, Fault fault) {
        return IntStream.range(0, calls.size())
                .filter(call -> !isSampled(variant) || calls.get(call).startsWith("Database."))
                .filter(call -> (call >= rollbackStart
                                && !calls.subList(rollbackStart, call).contains(calls.get(call)))
                        || (!FAULTS.isEmpty()
                                && (calls.indexOf(calls.get(call)) == call
                                        || calls.lastIndexOf(calls.get(call)) == call))
                        || (EVERY_FAULT
                                && (fault == Fault.CALLER_CRASH
                                        || !calls.get(call).startsWith("DynamoDB."))))
                .boxed()
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Runs a rotation minute by minute to its end, with a new process after each crash, and returns all violations. */
    private static List<String> run(RotationHarness harness, Course course) {
        var problems = new ArrayList<String>();
        for (int minute = 0; minute < MAX_MINUTES && !harness.isFinished(); minute++) {
            harness.minute(problems);
            if (course == Course.ROLLBACK
                    && harness.threadReplies().stream()
                            .anyMatch(line -> line.contains("All pods use the new password"))) {
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
