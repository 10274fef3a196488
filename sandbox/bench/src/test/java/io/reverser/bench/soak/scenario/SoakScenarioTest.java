package io.reverser.bench.soak.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.bench.soak.scenario.InjectedFault.DatabasePartition;
import io.reverser.bench.soak.scenario.InjectedFault.DatabaseRestart;
import io.reverser.bench.soak.scenario.InjectedFault.PodCrash;
import io.reverser.bench.soak.scenario.SoakScenario.Day;
import io.reverser.bench.soak.scenario.SoakScenario.Timed;
import io.reverser.bench.soak.scenario.WorkloadAction.RequestAccess;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SoakScenarioTest {

    private static final SoakScenario SCENARIO = SoakScenario.generate(42, 30);

    @Test
    void isDeterministicForASeed() {
        assertThat(SoakScenario.generate(42, 30)).isEqualTo(SCENARIO);
        assertThat(SoakScenario.generate(43, 30)).isNotEqualTo(SCENARIO);
    }

    /** A longer soak starts with the same days as a shorter one. */
    @Test
    void startsTheSameWhateverItsLength() {
        assertThat(SCENARIO.days())
                .startsWith(SoakScenario.generate(42, 3).days().toArray(Day[]::new));
    }

    @Test
    void containsEachKindOfFaultAndAction() {
        assertThat(SCENARIO.days().stream()
                        .flatMap(day -> day.faults().stream())
                        .map(timed -> timed.value().kind().replaceFirst(":.*", "")))
                .contains(
                        "DynamoDB",
                        "EKS",
                        "Scheduler",
                        "SecretsManager",
                        "Sqs",
                        "CloudWatch",
                        "Kubernetes",
                        "Slack",
                        "killed",
                        "database");
        assertThat(SCENARIO.days().stream()
                        .flatMap(day -> day.actions().stream())
                        .map(timed -> timed.value().kind())
                        .collect(Collectors.toSet()))
                .contains("rotation: by an operator", "alarm: storm", "alarm: flaps", "alarm: fires", "alarm: resolves")
                .hasSize(5 + WorkloadAction.RequestOutcome.values().length);
        assertThat(SCENARIO.days()).filteredOn(Day::hasMaintenanceWindow).hasSizeBetween(5, 10);
        assertThat(SCENARIO.days())
                .anySatisfy(day -> assertThat(day.eveningFaults()).isNotEmpty());
    }

    @Test
    void pausesBetweenFaults() {
        for (Day day : SCENARIO.days()) {
            for (int i = 1; i < day.faults().size(); i++) {
                Timed<InjectedFault> before = day.faults().get(i - 1);
                Duration calm = day.faults()
                        .get(i)
                        .at()
                        .minus(before.at())
                        .minus(before.value().duration());
                assertThat(calm).isGreaterThan(Duration.ofMillis(250));
            }
        }
    }

    /** A pod killed after a database outage would lose the visits that it could not store, as documented. */
    @Test
    void killsNoPodAfterADatabaseOutage() {
        for (Day day : SCENARIO.days()) {
            List<InjectedFault> faults = day.faults().stream().map(Timed::value).toList();
            boolean wasAway = false;
            for (InjectedFault injectedFault : faults) {
                wasAway |= injectedFault instanceof DatabasePartition || injectedFault instanceof DatabaseRestart;
                assertThat(wasAway && injectedFault instanceof PodCrash).isFalse();
            }
        }
    }

    /** A firing alarm would block a rotation, which has only one attempt in each maintenance window. */
    @Test
    void firesNoAlarmAtTheStartOfARotation() {
        for (Day day : SCENARIO.days()) {
            assertThat(day.actions())
                    .filteredOn(work -> day.hasMaintenanceWindow()
                            && (work.value() instanceof WorkloadAction.SetAlarmState
                                    || work.value() instanceof WorkloadAction.FlapAlarm))
                    .allSatisfy(work -> assertThat(work.at()).isGreaterThan(Duration.ofSeconds(8)));
        }
    }

    /** A user with access to a cluster cannot request more access to it until the access ends. */
    @Test
    void requestsNothingAfterAccessThatLastsUntilItsExpiry() {
        for (Day day : SCENARIO.days()) {
            day.actions().stream()
                    .flatMap(work -> work.value() instanceof RequestAccess request
                            ? java.util.stream.Stream.of(request)
                            : java.util.stream.Stream.empty())
                    .collect(Collectors.groupingBy(request -> request.requester() + request.cluster()))
                    .values()
                    .forEach(own -> assertThat(own.subList(0, own.size() - 1))
                            .noneMatch(request -> request.outcome().isHeldUntilExpiry()));
        }
    }
}
