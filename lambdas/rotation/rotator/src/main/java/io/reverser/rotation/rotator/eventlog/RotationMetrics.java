package io.reverser.rotation.rotator.eventlog;

import io.reverser.runtime.EmbeddedMetrics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/** CloudWatch metrics of rotations, with the environment as their only dimension. */
public final class RotationMetrics {

    private static final double SECONDS_PER_DAY = Duration.ofDays(1).toSeconds();

    private final EmbeddedMetrics metrics;
    private final InstantSource clock;

    public RotationMetrics(String environment, InstantSource clock) {
        this.metrics = new EmbeddedMetrics("Rotation", Map.of("Environment", environment));
        this.clock = clock;
    }

    public void recordReconciliation(Duration age, boolean isStuck) {
        emit(Map.of(
                "Reconciliations", 1, "AgeDays", age.toSeconds() / SECONDS_PER_DAY, "RotationStuck", isStuck ? 1 : 0));
    }

    void recordEvent(RotationEventType type) {
        switch (type) {
            case COMPLETED -> emit(Map.of("Rotated", 1));
            case ROLLED_BACK -> emit(Map.of("RolledBack", 1));
            case ABANDONED -> emit(Map.of("Failed", 1));
            case STEP_FAILED -> emit(Map.of("StepFailures", 1));
            case REJECTED -> emit(Map.of("Rejected", 1));
            case WINDOW_MISSED -> emit(Map.of("MissedWindows", 1));
            default -> {
                // Other events have no metric; they are only in the rotation log and in Slack.
            }
        }
    }

    private void emit(Map<String, ? extends Number> values) {
        metrics.emit(values, clock.instant());
    }
}
