package io.reverser.bench.soak.report;

import io.reverser.bench.reconciliation.AlarmReconciliation;
import io.reverser.bench.reconciliation.ClockOffsets;
import io.reverser.bench.reconciliation.Discrepancy;
import io.reverser.bench.reconciliation.DualTimestamp;
import io.reverser.bench.reconciliation.FailureReconciliation;
import io.reverser.bench.reconciliation.GrantReconciliation;
import io.reverser.bench.reconciliation.ResourceTrends;
import io.reverser.bench.reconciliation.RotationReconciliation;
import io.reverser.bench.reconciliation.VisitReconciliation;
import io.reverser.bench.soak.observation.ResponseLog.SecondSummary;
import io.reverser.bench.soak.run.FaultController.FaultPeriod;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.stream.Stream;

/** All that is known of a soak when it is over. */
public record SoakResult(RunSummary run, Reconciliations reconciliations, List<Discrepancy> timeouts) {

    /**
     * What was done to the platform.
     *
     * @param actionCounts how often, by kind
     * @param injectedFailures calls of AWS and Slack that went wrong on purpose
     * @param seconds what callers got, by seconds since it began
     * @param processCounts how many there were, by role
     */
    public record RunSummary(
            long seed,
            DualTimestamp startedAt,
            DualTimestamp endedAt,
            Map<String, Integer> actionCounts,
            List<FaultPeriod> faults,
            long injectedFailures,
            NavigableMap<Long, SecondSummary> seconds,
            Map<String, Integer> processCounts) {

        Duration duration() {
            return Duration.between(startedAt.wall(), endedAt.wall());
        }

        Duration simulatedDuration() {
            return Duration.between(startedAt.simulated(), endedAt.simulated());
        }
    }

    /** What was found. */
    public record Reconciliations(
            GrantReconciliation grants,
            AlarmReconciliation alarms,
            VisitReconciliation visits,
            FailureReconciliation failures,
            RotationReconciliation rotations,
            ResourceTrends resourceTrends,
            ClockOffsets clockOffsets) {

        List<Discrepancy> grantDiscrepancies() {
            return grants.discrepancies(clockOffsets);
        }

        List<Discrepancy> failureDiscrepancies() {
            return failures.discrepancies(clockOffsets);
        }
    }

    List<Discrepancy> alarmDiscrepancies() {
        return reconciliations.alarms().discrepanciesWhenAllOk(reconciliations.clockOffsets(), run.endedAt());
    }

    List<Discrepancy> visitDiscrepancies() {
        return reconciliations.visits().discrepancies(run.endedAt());
    }

    List<Discrepancy> rotationDiscrepancies() {
        return reconciliations.rotations().discrepancies(reconciliations.clockOffsets(), run.endedAt());
    }

    List<Discrepancy> resourceDiscrepancies() {
        return reconciliations.resourceTrends().discrepancies(run.endedAt());
    }

    /** Everything that is wrong. */
    public List<Discrepancy> discrepancies() {
        return Stream.of(
                        timeouts,
                        reconciliations.grantDiscrepancies(),
                        alarmDiscrepancies(),
                        visitDiscrepancies(),
                        reconciliations.failureDiscrepancies(),
                        rotationDiscrepancies(),
                        resourceDiscrepancies())
                .flatMap(List::stream)
                .toList();
    }
}
