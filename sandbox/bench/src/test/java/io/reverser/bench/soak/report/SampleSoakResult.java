package io.reverser.bench.soak.report;

import io.reverser.bench.reconciliation.AlarmReconciliation;
import io.reverser.bench.reconciliation.ClockOffsets;
import io.reverser.bench.reconciliation.Discrepancy;
import io.reverser.bench.reconciliation.DualTimestamp;
import io.reverser.bench.reconciliation.FailureReconciliation;
import io.reverser.bench.reconciliation.GrantReconciliation;
import io.reverser.bench.reconciliation.ResourceTrends;
import io.reverser.bench.reconciliation.ResourceTrends.Sample;
import io.reverser.bench.reconciliation.RotationReconciliation;
import io.reverser.bench.reconciliation.RotationReconciliation.Rotation;
import io.reverser.bench.reconciliation.VisitReconciliation;
import io.reverser.bench.soak.observation.ResponseLog.SecondSummary;
import io.reverser.bench.soak.run.FaultController.FaultPeriod;
import io.reverser.bench.soak.scenario.InjectedFault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** The invented result of a soak of 20 minutes. */
final class SampleSoakResult {

    static final Instant STARTED_AT = Instant.parse("2026-11-25T07:00:00Z");

    private static final int MINUTES = 20;

    private SampleSoakResult() {}

    /** The sample result, with the given timeouts as additional discrepancies. */
    static SoakResult resultWith(Discrepancy... timeouts) {
        var clockOffsets = new ClockOffsets();
        clockOffsets.recordMove(STARTED_AT, Duration.ZERO);
        DualTimestamp begun = clockOffsets.fromWall(STARTED_AT);
        DualTimestamp ended = clockOffsets.fromWall(STARTED_AT.plus(Duration.ofMinutes(MINUTES)));
        var seconds = new TreeMap<Long, SecondSummary>();
        IntStream.range(0, MINUTES * 60)
                .forEach(second ->
                        seconds.put((long) second, new SecondSummary(20, second == 600 ? 3 : 0, Duration.ZERO)));
        DualTimestamp killed = clockOffsets.fromWall(STARTED_AT.plusSeconds(600));
        var run = new SoakResult.RunSummary(
                7,
                begun,
                ended,
                Map.of("alarm: fires", 12),
                List.of(new FaultPeriod(new InjectedFault.PodCrash(1), killed, killed)),
                34,
                seconds,
                Map.of("alarms-1", 2));
        var rotation = new Rotation("token", STARTED_AT.plusSeconds(300), Optional.of("COMPLETED"));
        var reconciliations = new SoakResult.Reconciliations(
                new GrantReconciliation(
                        Map.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        new GrantReconciliation.SlackMessages(Map.of(), Map.of())),
                new AlarmReconciliation(List.of(), List.of(), List.of()),
                new VisitReconciliation(Map.of("a", 24_000L), Map.of(), Map.of("a", 24_000L), List.of(), Map.of()),
                new FailureReconciliation(
                        List.of(new FailureReconciliation.Failure(killed.wall(), Duration.ofMillis(2), "HTTP 502")),
                        List.of(killed)),
                new RotationReconciliation(
                        1,
                        List.of(rotation),
                        List.of("The password has changed"),
                        new RotationReconciliation.FinalState(true, false, false, List.of(), 0)),
                new ResourceTrends(IntStream.rangeClosed(0, MINUTES)
                        .mapToObj(minute -> new Sample(STARTED_AT.plusSeconds(60L * minute), "alarms-1", 180, 26, 4))
                        .toList()),
                clockOffsets);
        return new SoakResult(run, reconciliations, List.of(timeouts));
    }
}
