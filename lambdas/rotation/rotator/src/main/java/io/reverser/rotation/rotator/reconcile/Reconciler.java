package io.reverser.rotation.rotator.reconcile;

import io.reverser.rotation.rotator.eventlog.Rotation;
import io.reverser.rotation.rotator.eventlog.RotationEventType;
import io.reverser.rotation.rotator.eventlog.RotationLog;
import io.reverser.rotation.rotator.eventlog.RotationMetrics;
import io.reverser.rotation.rotator.secret.SecretState;
import io.reverser.rotation.rotator.secret.SecretsManagerSecret;
import io.reverser.rotation.rotator.text.RotationText;
import java.time.Duration;
import java.util.Optional;

/**
 * Compares the rotation log with Secrets Manager, the database and the cluster once a minute, and takes the next safe
 * steps. It keeps no state in memory, so the next reconciliation resumes after a crash.
 */
public final class Reconciler {

    /** The most steps that a rotation can take in one reconciliation. */
    private static final int MAX_STEPS = 12;

    /** After this time without progress, a failing rotation is reported as stuck, because it needs an operator. */
    private static final Duration STUCK_TIMEOUT = Duration.ofMinutes(15);

    private final SecretsManagerSecret secret;
    private final RotationStarter starter;
    private final RotationRollout rollout;
    private final RotationRollback rollback;
    private final RotationLog rotationLog;
    private final RotationMetrics metrics;

    public Reconciler(
            SecretsManagerSecret secret,
            RotationStarter starter,
            RotationRollout rollout,
            RotationRollback rollback,
            RotationLog rotationLog,
            RotationMetrics metrics) {
        this.secret = secret;
        this.starter = starter;
        this.rollout = rollout;
        this.rollback = rollback;
        this.rotationLog = rotationLog;
        this.metrics = metrics;
    }

    public void reconcile() {
        SecretState state = secret.describe();
        Optional<Rotation> rotation = rotationLog.findLatestRotation();
        try {
            for (int step = 0; step < MAX_STEPS && advanceOrReportStuck(rotation, state); step++) {
                state = secret.describe();
                rotation = rotationLog.findLatestRotation();
            }
        } finally {
            metrics.recordReconciliation(
                    Duration.between(Rotation.lastRotatedAt(rotation, state), rotationLog.now()),
                    rotation.filter(one -> !one.isFinished() && one.has(RotationEventType.STUCK))
                            .isPresent());
        }
    }

    private boolean advanceOrReportStuck(Optional<Rotation> rotation, SecretState state) {
        try {
            return advance(rotation, state);
        } catch (RuntimeException failure) {
            rotation.filter(one -> !one.isFinished()
                            && rotationLog.hasElapsed(
                                    STUCK_TIMEOUT, one.entries().getLast().at()))
                    .ifPresent(one -> rotationLog.append(
                            one.newVersion(), RotationEventType.STUCK, String.valueOf(failure.getMessage())));
            throw failure;
        }
    }

    /** Takes one step of the rotation; returns whether the next step may follow at once. */
    private boolean advance(Optional<Rotation> latest, SecretState state) {
        if (latest.isEmpty() || latest.get().isFinished()) {
            return starter.startIfDue(latest, state);
        }
        Rotation rotation = latest.get();
        RotationEventType progress = rotation.progress();
        boolean isPromoted = progress.compareTo(RotationEventType.PROMOTED) >= 0;
        if (isPromoted && !state.isCurrent(rotation.newVersion()) && !state.isCurrent(rotation.oldVersion())) {
            return rotationLog.appendEnd(
                    rotation.newVersion(), RotationEventType.ABANDONED, RotationText.ABANDONED_AFTER_EXTERNAL_CHANGE);
        }
        if (isPromoted
                && progress.compareTo(RotationEventType.ROLLING_BACK) < 0
                && state.isCurrent(rotation.oldVersion())) {
            return rollout.startRollback(rotation, RotationText.ROLLED_BACK_EXTERNALLY);
        }
        return switch (progress) {
            case STARTED -> rollout.requestRotation(rotation, state);
            case REQUESTED -> rollout.awaitSteps(rotation, state);
            case PROMOTED -> rollout.recordSyncRequested(rotation);
            case SYNCING -> rollout.awaitSync(rotation);
            case SYNCED -> rollout.awaitRollout(rotation);
            case ROLLED_OUT -> rollout.bake(rotation);
            case ROLLING_BACK -> rollback.promoteOld(rotation, state);
            case ROLLBACK_PROMOTED -> rollback.recordSyncRequested(rotation);
            case ROLLBACK_SYNCING -> rollback.awaitSync(rotation);
            case ROLLBACK_SYNCED -> rollback.awaitRollout(rotation);
            case ROLLBACK_ROLLED_OUT -> rollback.revokeNewLogin(rotation);
            case COMPLETED,
                    ROLLED_BACK,
                    REJECTED,
                    ABANDONED,
                    STEP_FAILED,
                    STUCK,
                    BLOCKED,
                    UNBLOCKED,
                    WINDOW_MISSED,
                    CHANGED_EXTERNALLY -> false;
        };
    }
}
