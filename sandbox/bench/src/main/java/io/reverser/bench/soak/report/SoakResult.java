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

/** The complete result of a soak. */
public record SoakResult(RunSummary run, Reconciliations reconciliations, List<Discrepancy> timeouts) {

    /**
     * What the soak did.
     *
     * @param actionCounts the number of actions, by kind
     * @param injectedFailures the number of AWS and Slack calls for which the soak injected a failure
     * @param seconds summaries of the responses in each second, by the number of seconds since the start
     * @param processCounts the number of processes, by role
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

    /** The reconciliations of everything that the soak did. */
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

    /** All discrepancies that the reconciliations found, and all timeouts. */
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
