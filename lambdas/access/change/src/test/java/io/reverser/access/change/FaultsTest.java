package io.reverser.access.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.access.request.Approval;
import io.reverser.access.request.Change;
import io.reverser.access.request.Extension;
import io.reverser.access.request.Request;
import io.reverser.access.request.Request.Granted;
import io.reverser.access.request.RequestId;
import io.reverser.access.request.Stored;
import io.reverser.simulators.aws.AccessEntry;
import io.reverser.simulators.aws.Faults.Fault;
import io.reverser.simulators.aws.Scheduler.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every call to the outside that a grant, an extension, an early end and an expiry make fails: before its effect, after
 * it, with an error, with a connection that ends, without an answer, or with the death of the process; again and again,
 * until whatever the call was made for is given up. Then the world is well again, and whoever invoked the function does so
 * again.
 */
@Execution(ExecutionMode.CONCURRENT)
class FaultsTest {

    private static final int ALWAYS = 1000;
    private static final Map<String, Map<Fault, String>> OUTCOMES = new ConcurrentSkipListMap<>();

    /** A part of a request's life, from a prepared world to what must be true in the end. */
    enum Flow {
        GRANT,
        EXTENSION,
        REVOCATION,
        EXPIRY
    }

    /** The calls are those that the flow makes when nothing fails; so none is forgotten. */
    static Stream<Arguments> cases() {
        var cases = new ArrayList<Arguments>();
        for (Flow flow : Flow.values()) {
            try (var world = new World()) {
                RequestId id = prepare(flow, world);
                world.faults().forgetCalls();
                world.advance(id);
                for (String call : world.faults().calls().stream().distinct().toList()) {
                    for (Fault fault : Fault.values()) {
                        cases.add(Arguments.of(flow, Named.of(call, call), fault));
                    }
                }
            }
        }
        return cases.stream();
    }

    @ParameterizedTest(name = "{0}: {1} {2}")
    @MethodSource("cases")
    void endsWellWhateverFails(Flow flow, String call, Fault fault) {
        try (var world = new World()) {
            RequestId id = prepare(flow, world);
            world.faults().plan(call, fault, ALWAYS);
            String first = attempt(world, id);
            assertThat(world.entry().stream()).allMatch(entry -> isArmed(world, entry));
            world.faults().clear();
            String second = attempt(world, id);
            assertThat(second).isEqualTo("done");
            world.sweep.run(world.now());
            verify(flow, world, id);
            OUTCOMES.computeIfAbsent(flow + " " + call, none -> new ConcurrentHashMap<>())
                    .put(fault, first.equals("done") ? "done at once" : "done by the next try");
        }
    }

    @AfterAll
    static void printTable() {
        var table = new StringBuilder("| Call | ");
        Stream.of(Fault.values()).forEach(fault -> table.append(fault).append(" | "));
        OUTCOMES.forEach((call, outcomes) -> {
            table.append("\n| ").append(call).append(" | ");
            Stream.of(Fault.values())
                    .forEach(fault -> table.append(outcomes.get(fault)).append(" | "));
        });
        System.out.println(table);
    }

    private static RequestId prepare(Flow flow, World world) {
        return switch (flow) {
            case GRANT -> world.approved("prod");
            case EXTENSION -> {
                RequestId id = world.granted();
                Stored stored = world.stored(id);
                world.table.write(Change.of(
                        stored,
                        ((Granted) stored.request())
                                .extension(new Extension(
                                        Duration.ofMinutes(30),
                                        "not done yet",
                                        world.now(),
                                        List.of(new Approval("U0BOB", world.now())),
                                        Extension.State.APPROVED))));
                yield id;
            }
            case REVOCATION -> {
                RequestId id = world.granted();
                Stored stored = world.stored(id);
                world.table.write(Change.of(
                        stored, ((Granted) stored.request()).end(new Request.Ending("U0ADA", "", world.now()))));
                yield id;
            }
            case EXPIRY -> {
                RequestId id = world.granted();
                world.aws.clock().move(Duration.ofMinutes(61));
                yield id;
            }
        };
    }

    private static String attempt(World world, RequestId id) {
        try {
            world.advance(id);
            return "done";
        } catch (RuntimeException failure) {
            return failure.getClass().getSimpleName();
        }
    }

    /** Whether something will end this entry no later than its tags say, unless its time is over already. */
    private static boolean isArmed(World world, AccessEntry entry) {
        Instant end = Instant.parse(entry.tags().getOrDefault("cluster-access:expires-at", ""));
        return !world.now().isBefore(end)
                || world.aws.scheduler().schedules().stream()
                        .map(Schedule::at)
                        .anyMatch(at -> !at.isAfter(end.plusSeconds(1)));
    }

    private static void verify(Flow flow, World world, RequestId id) {
        switch (flow) {
            case GRANT -> {
                Granted granted = (Granted) world.request(id);
                assertGiven(world, granted, Duration.ofHours(1));
            }
            case EXTENSION -> {
                Granted granted = (Granted) world.request(id);
                assertThat(granted.extension()).isEmpty();
                assertGiven(world, granted, Duration.ofMinutes(90));
            }
            case REVOCATION -> {
                assertThat(world.request(id)).isInstanceOf(Request.Revoked.class);
                assertGone(world);
                assertThat(world.shown(id)).contains("Ended early");
            }
            case EXPIRY -> {
                assertThat(world.request(id)).isInstanceOf(Request.Expired.class);
                assertGone(world);
                assertThat(world.shown(id)).contains("Over.");
            }
        }
        assertThat(world.stored(id).isTold()).isTrue();
    }

    private static void assertGiven(World world, Granted granted, Duration length) {
        assertThat(granted.until()).isEqualTo(granted.decision().at().plus(length));
        assertThat(world.entry()).hasValueSatisfying(entry -> {
            assertThat(entry.policies()).containsOnlyKeys(World.VIEW);
            assertThat(entry.tags())
                    .containsEntry("cluster-access:request-id", granted.id().value())
                    .containsEntry("cluster-access:expires-at", granted.until().toString());
        });
        assertThat(world.aws.scheduler().schedules())
                .singleElement()
                .satisfies(schedule -> assertThat(schedule.at())
                        .isBetween(granted.until(), granted.until().plusSeconds(1)));
        assertThat(world.shown(granted.id())).contains("Granted");
    }

    private static void assertGone(World world) {
        assertThat(world.entry()).isEmpty();
        assertThat(world.aws.scheduler().schedules()).isEmpty();
    }
}
