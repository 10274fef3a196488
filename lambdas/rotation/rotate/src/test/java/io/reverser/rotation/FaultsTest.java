package io.reverser.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.rotation.RotationWorld.Way;
import io.reverser.simulators.aws.Faults.Fault;
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
class FaultsTest {

    private static final int PATIENCE = 30;
    private static final int AT_ONCE = 3;
    /** With {@code -Dfaults=every}, everything; without it, what is worst. */
    private static final boolean EVERY = "every".equals(System.getProperty("faults"));

    /** Where a rotation goes. */
    enum Course {
        /** To its good end. */
        FORWARD,
        /** Back, because an alarm rings when all pods are new. */
        BACK
    }

    static Stream<Arguments> stories() {
        return Stream.of(Way.DUAL_PASSWORD_ON_MYSQL, Way.ALTERNATING_USERS_ON_MARIADB)
                .flatMap(way -> Stream.of(Course.values())
                        .flatMap(course -> faults(course).map(fault -> Arguments.of(way, course, fault))));
    }

    private static Stream<Fault> faults(Course course) {
        return EVERY && course == Course.FORWARD
                ? Stream.of(Fault.CALLER_DIES, Fault.FAILS_BEFORE, Fault.FAILS_AFTER)
                : Stream.of(Fault.CALLER_DIES);
    }

    @ParameterizedTest
    @MethodSource("stories")
    void comesToAGoodEndWhateverCallGoesWrong(Way way, Course course, Fault fault) {
        List<String> calls = calls(way, course);
        Map<String, List<String>> table = new ConcurrentSkipListMap<>();
        var wrong = new ConcurrentLinkedQueue<String>();
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            tried(calls, fault)
                    .forEach(call -> threads.execute(() -> {
                        try (var world = world(way, course)) {
                            world.aws.faults().after(call, fault);
                            List<String> problems = run(world, course);
                            table.computeIfAbsent(
                                            calls.get(call), name -> Collections.synchronizedList(new ArrayList<>()))
                                    .add(world.end());
                            problems.forEach(problem -> wrong.add("%s at %d, %s: %s %s"
                                    .formatted(fault, call, calls.get(call), problem, world.lines())));
                        } catch (RuntimeException broken) {
                            wrong.add("%s at %d, %s: %s".formatted(fault, call, calls.get(call), broken));
                        }
                    }));
        }
        print("%s, %s, %s".formatted(way, course, fault), table);
        assertThat(table)
                .containsKeys(
                        "SecretsManager.PutSecretValue", "Kubernetes.PatchExternalSecret", "Slack.chat.postMessage");
        assertThat(wrong).isEmpty();
    }

    private static RotationWorld world(Way way, Course course) {
        return new RotationWorld(way, course == Course.FORWARD ? "0m" : "5m", Optional.empty());
    }

    /**
     * The first and the last call of each name; with {@code -Dfaults=every}, every call, but for those that the table's client
     * repeats by itself.
     */
    private static Set<Integer> tried(List<String> calls, Fault fault) {
        return IntStream.range(0, calls.size())
                .filter(call -> calls.indexOf(calls.get(call)) == call
                        || calls.lastIndexOf(calls.get(call)) == call
                        || (EVERY
                                && (fault == Fault.CALLER_DIES
                                        || !calls.get(call).startsWith("DynamoDB."))))
                .boxed()
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> calls(Way way, Course course) {
        try (var world = world(way, course)) {
            assertThat(run(world, course)).isEmpty();
            assertThat(world.end()).isEqualTo(course == Course.FORWARD ? "has changed" : "is as before");
            return world.aws.faults().calls();
        }
    }

    /** Minute by minute to the end, with a new process whenever one has died; what was wrong on the way or is at the end. */
    private static List<String> run(RotationWorld world, Course course) {
        var problems = new ArrayList<String>();
        for (int minute = 0; minute < PATIENCE && !world.isOver(); minute++) {
            world.minute(problems);
            if (course == Course.BACK && world.lines().stream().anyMatch(line -> line.contains("All pods are new"))) {
                world.alarm("ALARM");
            }
            if (world.aws.faults().isCallerDead()) {
                world.aws.faults().clear();
                world.restart();
            }
        }
        world.aws.faults().clear();
        problems.addAll(world.wrong());
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
