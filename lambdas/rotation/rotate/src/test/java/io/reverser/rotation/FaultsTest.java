package io.reverser.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.rotation.RotationWorld.Way;
import io.reverser.simulators.aws.Faults.Fault;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whatever call goes wrong, the last of a process or not: at every moment the database lets in what the secret says or what
 * it said before, no pod is refused, the rotation comes to an end, and the thread says which, each thing once.
 */
class FaultsTest {

    private static final int PATIENCE = 30;
    private static final int AT_ONCE = 3;

    @ParameterizedTest
    @CsvSource({
        "DUAL_PASSWORD_ON_MYSQL,       CALLER_DIES",
        "DUAL_PASSWORD_ON_MYSQL,       FAILS_BEFORE",
        "DUAL_PASSWORD_ON_MYSQL,       FAILS_AFTER",
        "ALTERNATING_USERS_ON_MARIADB, CALLER_DIES",
        "ALTERNATING_USERS_ON_MARIADB, FAILS_BEFORE",
        "ALTERNATING_USERS_ON_MARIADB, FAILS_AFTER"
    })
    void comesToAGoodEndWhateverCallGoesWrong(Way way, Fault fault) {
        List<String> calls = calls(way);
        // What the client of the table repeats by itself is tried where a process ends.
        IntPredicate isTried =
                call -> fault == Fault.CALLER_DIES || !calls.get(call).startsWith("DynamoDB.");
        Map<String, List<String>> table = new ConcurrentSkipListMap<>();
        var wrong = new ConcurrentLinkedQueue<String>();
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            IntStream.range(0, calls.size())
                    .filter(isTried)
                    .forEach(call -> threads.execute(() -> {
                        try (var world = new RotationWorld(way)) {
                            world.aws.faults().after(call, fault);
                            List<String> problems = run(world);
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
        print(way, fault, table);
        assertThat(table)
                .containsKeys(
                        "SecretsManager.PutSecretValue", "Kubernetes.PatchExternalSecret", "Slack.chat.postMessage");
        assertThat(wrong).isEmpty();
    }

    private static List<String> calls(Way way) {
        try (var world = new RotationWorld(way)) {
            assertThat(run(world)).isEmpty();
            assertThat(world.end()).isEqualTo("has changed");
            return world.aws.faults().calls();
        }
    }

    /** Minute by minute to the end, with a new process whenever one has died; what was wrong on the way or is at the end. */
    private static List<String> run(RotationWorld world) {
        var problems = new ArrayList<String>();
        for (int minute = 0; minute < PATIENCE && !world.isOver(); minute++) {
            world.minute(problems);
            if (world.aws.faults().isCallerDead()) {
                world.aws.faults().clear();
                world.restart();
            }
        }
        world.aws.faults().clear();
        problems.addAll(world.wrong());
        return problems;
    }

    private static void print(Way way, Fault fault, Map<String, List<String>> table) {
        System.out.printf("%n%s, %s%n", way, fault);
        table.forEach((call, ends) -> {
            var counts = new TreeMap<String, Integer>();
            ends.forEach(end -> counts.merge(end, 1, Integer::sum));
            System.out.printf("  %-46s %s%n", call, counts);
        });
    }
}
