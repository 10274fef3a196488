package io.reverser.access.granter;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.access.request.Approval;
import io.reverser.access.request.Extension;
import io.reverser.access.request.Request;
import io.reverser.access.request.Request.Granted;
import io.reverser.access.request.RequestId;
import io.reverser.access.request.RequestWrite;
import io.reverser.access.request.VersionedRequest;
import io.reverser.simulators.aws.eks.AccessEntry;
import io.reverser.simulators.aws.scheduler.Scheduler.Schedule;
import io.reverser.simulators.fault.FaultInjector.Fault;
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
 * Makes every outbound call of a grant, an extension, a revocation and an expiry fail: before or after its effect, with
 * an error, a closed connection, no response, or a killed process. The call keeps failing until the function gives up;
 * then all calls work again, and the test invokes the function once more.
 */
@Execution(ExecutionMode.CONCURRENT)
class RequestReconcilerFaultsTest {

    private static final int ALWAYS = 1000;
    private static final Map<String, Map<Fault, String>> OUTCOMES = new ConcurrentSkipListMap<>();

    /** A phase in the life of a request, which the test prepares, runs with faults and verifies. */
    enum Flow {
        GRANT,
        EXTENSION,
        REVOCATION,
        EXPIRY
    }

    /**
     * Runs each flow once without faults and records its outbound calls; every recorded call becomes a test case with
     * each fault.
     */
    static Stream<Arguments> cases() {
        var cases = new ArrayList<Arguments>();
        for (Flow flow : Flow.values()) {
            try (var fixture = new GranterFixture()) {
                RequestId id = prepare(flow, fixture);
                fixture.faults().clearCalls();
                fixture.reconcile(id);
                for (String call : fixture.faults().calls().stream().distinct().toList()) {
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
    void recoversFromEveryFault(Flow flow, String call, Fault fault) {
        try (var fixture = new GranterFixture()) {
            RequestId id = prepare(flow, fixture);
            fixture.faults().injectNext(call, fault, ALWAYS);
            String first = attempt(fixture, id);
            assertThat(fixture.entry().stream()).allMatch(entry -> hasExpirySchedule(fixture, entry));
            fixture.faults().clear();
            String second = attempt(fixture, id);
            assertThat(second).isEqualTo("done");
            fixture.sweeper.sweep(fixture.now());
            verify(flow, fixture, id);
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

    private static RequestId prepare(Flow flow, GranterFixture fixture) {
        return switch (flow) {
            case GRANT -> fixture.createApprovedRequest("prod");
            case EXTENSION -> {
                RequestId id = fixture.createGrantedRequest();
                VersionedRequest stored = fixture.load(id);
                fixture.table.write(RequestWrite.update(
                        stored,
                        ((Granted) stored.request())
                                .withExtension(new Extension(
                                        Duration.ofMinutes(30),
                                        "not done yet",
                                        fixture.now(),
                                        List.of(new Approval("U0BOB", fixture.now())),
                                        Extension.State.APPROVED))));
                yield id;
            }
            case REVOCATION -> {
                RequestId id = fixture.createGrantedRequest();
                VersionedRequest stored = fixture.load(id);
                fixture.table.write(RequestWrite.update(
                        stored,
                        ((Granted) stored.request())
                                .requestRevocation(new Request.Revocation("U0ADA", "", fixture.now()))));
                yield id;
            }
            case EXPIRY -> {
                RequestId id = fixture.createGrantedRequest();
                fixture.aws.clock().move(Duration.ofMinutes(61));
                yield id;
            }
        };
    }

    private static String attempt(GranterFixture fixture, RequestId id) {
        try {
            fixture.reconcile(id);
            return "done";
        } catch (RuntimeException failure) {
            return failure.getClass().getSimpleName();
        }
    }

    /**
     * Whether a schedule will end this access no later than the entry's tags say, or the access has already expired.
     */
    private static boolean hasExpirySchedule(GranterFixture fixture, AccessEntry entry) {
        Instant end = Instant.parse(entry.tags().getOrDefault("cluster-access:expires-at", ""));
        return !fixture.now().isBefore(end)
                || fixture.aws.scheduler().schedules().stream()
                        .map(Schedule::nextFire)
                        .anyMatch(at -> !at.isAfter(end.plusSeconds(1)));
    }

    private static void verify(Flow flow, GranterFixture fixture, RequestId id) {
        switch (flow) {
            case GRANT -> {
                Granted granted = (Granted) fixture.request(id);
                assertGranted(fixture, granted, Duration.ofHours(1));
            }
            case EXTENSION -> {
                Granted granted = (Granted) fixture.request(id);
                assertThat(granted.extension()).isEmpty();
                assertGranted(fixture, granted, Duration.ofMinutes(90));
            }
            case REVOCATION -> {
                assertThat(fixture.request(id)).isInstanceOf(Request.Revoked.class);
                assertRevoked(fixture);
                assertThat(fixture.messageBlocks(id)).contains("Revoked");
            }
            case EXPIRY -> {
                assertThat(fixture.request(id)).isInstanceOf(Request.Expired.class);
                assertRevoked(fixture);
                assertThat(fixture.messageBlocks(id)).contains("Expired.");
            }
        }
        assertThat(fixture.load(id).isPublished()).isTrue();
    }

    private static void assertGranted(GranterFixture fixture, Granted granted, Duration length) {
        assertThat(granted.expiresAt()).isEqualTo(granted.approvalRecord().at().plus(length));
        assertThat(fixture.entry()).hasValueSatisfying(entry -> {
            assertThat(entry.policies()).containsOnlyKeys(GranterFixture.VIEW);
            assertThat(entry.tags())
                    .containsEntry("cluster-access:request-id", granted.id().value())
                    .containsEntry(
                            "cluster-access:expires-at", granted.expiresAt().toString());
        });
        assertThat(fixture.aws.scheduler().schedules())
                .singleElement()
                .satisfies(schedule -> assertThat(schedule.nextFire())
                        .isBetween(granted.expiresAt(), granted.expiresAt().plusSeconds(1)));
        assertThat(fixture.messageBlocks(granted.id())).contains("Granted");
    }

    private static void assertRevoked(GranterFixture fixture) {
        assertThat(fixture.entry()).isEmpty();
        assertThat(fixture.aws.scheduler().schedules()).isEmpty();
    }
}
