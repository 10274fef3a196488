package io.reverser.rotation.rotator.reconcile;

import io.reverser.rotation.plan.RotationPlan;
import io.reverser.rotation.plan.Strategy;
import io.reverser.rotation.rotator.admission.RotationContext;
import io.reverser.rotation.rotator.eventlog.Rotation;
import io.reverser.rotation.rotator.eventlog.RotationEventType;
import io.reverser.rotation.rotator.eventlog.RotationLog;
import io.reverser.rotation.rotator.kubernetes.ExternalSecretStatus;
import io.reverser.rotation.rotator.kubernetes.WorkloadStatus;
import io.reverser.rotation.rotator.secret.DatabaseSecret;
import io.reverser.rotation.rotator.secret.SecretState;
import io.reverser.rotation.rotator.text.RotationText;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Rolls the new password out. Each call takes one idempotent step, after it has verified the outcome of the previous
 * step.
 */
public final class RotationRollout {

    /**
     * How long to wait for Secrets Manager's four steps; Secrets Manager retries failed steps for about eight minutes.
     */
    private static final Duration STEPS_TIMEOUT = Duration.ofMinutes(12);

    private static final Duration SYNC_TIMEOUT = Duration.ofMinutes(5);
    private static final Duration SESSIONS_TIMEOUT = Duration.ofMinutes(30);

    private final RotationPlan plan;
    private final RotationContext context;
    private final RotationLog rotationLog;

    public RotationRollout(RotationPlan plan, RotationContext context, RotationLog rotationLog) {
        this.plan = plan;
        this.context = context;
        this.rotationLog = rotationLog;
    }

    /** Requests the rotation from Secrets Manager, unless the new version is already pending. */
    boolean requestRotation(Rotation rotation, SecretState state) {
        if (state.isCurrent(rotation.newVersion())) {
            return recordPromoted(rotation);
        }
        if (rotationLog.hasElapsed(STEPS_TIMEOUT, rotation.startedAt())) {
            return abandon(rotation, RotationText.ROTATION_NOT_REQUESTED);
        }
        if (!state.isPending(rotation.newVersion())) {
            context.secret().rotate(rotation.newVersion());
        }
        return rotationLog.append(rotation.newVersion(), RotationEventType.REQUESTED, "");
    }

    /** Waits until Secrets Manager has run its four steps. */
    boolean awaitSteps(Rotation rotation, SecretState state) {
        if (state.isCurrent(rotation.newVersion())) {
            return recordPromoted(rotation);
        }
        if (!state.isPending(rotation.newVersion())) {
            return abandon(rotation, RotationText.PENDING_LABEL_REMOVED);
        }
        return rotationLog.hasElapsed(STEPS_TIMEOUT, rotation.startedAt())
                && abandon(
                        rotation,
                        RotationText.stepsTimedOut(STEPS_TIMEOUT, rotation.messageOf(RotationEventType.STEP_FAILED)));
    }

    /** Records the latest sync before the forced sync, so that the forced sync can be recognised. */
    boolean recordSyncRequested(Rotation rotation) {
        return rotationLog.append(
                rotation.newVersion(),
                RotationEventType.SYNCING,
                context.kubernetes().readExternalSecretStatus().syncVersion());
    }

    boolean awaitSync(Rotation rotation) {
        ExternalSecretStatus externalSecret = context.kubernetes().readExternalSecretStatus();
        if (!externalSecret.forceSyncValue().equals(rotation.newVersion())) {
            context.kubernetes().forceSync(rotation.newVersion());
            return false;
        }
        if (externalSecret.isSyncedSince(rotation.messageOf(RotationEventType.SYNCING))) {
            return rotationLog.append(rotation.newVersion(), RotationEventType.SYNCED, externalSecret.refreshTime());
        }
        return rotationLog.hasElapsed(SYNC_TIMEOUT, rotation.timeOf(RotationEventType.SYNCING))
                && startRollback(rotation, RotationText.syncTimedOut(SYNC_TIMEOUT, externalSecret.notReadyReason()));
    }

    /** Waits until Reloader has replaced all pods. */
    boolean awaitRollout(Rotation rotation) {
        WorkloadStatus workload = context.kubernetes().readWorkloadStatus();
        if (isRolledOut(rotation, workload)) {
            return rotationLog.append(rotation.newVersion(), RotationEventType.ROLLED_OUT, "");
        }
        boolean late = workload.isFailed()
                || rotationLog.hasElapsed(plan.rolloutTimeout(), rotation.timeOf(RotationEventType.SYNCED));
        return late
                && startRollback(rotation, RotationText.rolloutFailed(workload.isFailed(), workload.notReadyReason()));
    }

    /** Watches the new pods for the bake time, and then revokes the old login. */
    boolean bake(Rotation rotation) {
        if (!rotation.isBreakGlass()) {
            Optional<String> blockReason = context.blockingAlarms().findBlockReason();
            if (blockReason.isPresent()) {
                return startRollback(rotation, blockReason.get());
            }
        }
        Instant since = rotation.timeOf(RotationEventType.ROLLED_OUT);
        WorkloadStatus workload = context.kubernetes().readWorkloadStatus();
        boolean isRolledOut = isRolledOut(rotation, workload);
        boolean late = rotationLog.hasElapsed(plan.bake().plus(plan.rolloutTimeout()), since);
        if (workload.isFailed() || (late && !isRolledOut)) {
            return startRollback(rotation, RotationText.rolloutFailed(workload.isFailed(), workload.notReadyReason()));
        }
        return isRolledOut && rotationLog.hasElapsed(plan.bake(), since) && deactivateOld(rotation);
    }

    private boolean deactivateOld(Rotation rotation) {
        DatabaseSecret newer = context.secret().getVersion(rotation.newVersion());
        DatabaseSecret older = context.secret().getVersion(rotation.oldVersion());
        Optional<String> activeSessions = context.switcher().findActiveSessions(older);
        if (activeSessions.isPresent()) {
            if (rotationLog.hasElapsed(SESSIONS_TIMEOUT, rotation.timeOf(RotationEventType.ROLLED_OUT))) {
                rotationLog.append(rotation.newVersion(), RotationEventType.STUCK, activeSessions.get());
            }
            return false;
        }
        context.switcher().deactivateOld(older, newer, () -> context.secret().requireCurrent(rotation.newVersion()));
        return rotationLog.appendEnd(rotation.newVersion(), RotationEventType.COMPLETED, "");
    }

    boolean startRollback(Rotation rotation, String why) {
        return rotationLog.append(rotation.newVersion(), RotationEventType.ROLLING_BACK, why);
    }

    /** Rolls back the effects of the four rotation steps, unless the steps have finished in the meantime. */
    private boolean abandon(Rotation rotation, String why) {
        return context.abortVersion(rotation.newVersion())
                ? rotationLog.appendEnd(rotation.newVersion(), RotationEventType.ABANDONED, RotationText.abandoned(why))
                : recordPromoted(rotation);
    }

    private boolean recordPromoted(Rotation rotation) {
        return rotationLog.append(
                rotation.newVersion(),
                RotationEventType.PROMOTED,
                plan.strategy() == Strategy.SINGLE_USER ? "" : RotationText.OLD_LOGIN_STILL_VALID);
    }

    /**
     * Reloader changes the pod template when the secret in the cluster changes, so no pod may still have a template
     * from before the rotation. All pods must also be younger than the sync, unless an hourly sync may have fetched the
     * new version earlier.
     */
    private static boolean isRolledOut(Rotation rotation, WorkloadStatus workload) {
        boolean isFirstSync = rotation.messageOf(RotationEventType.SYNCING)
                .equals(rotation.baseline().syncVersion());
        Instant since = isFirstSync ? Instant.parse(rotation.messageOf(RotationEventType.SYNCED)) : Instant.EPOCH;
        return workload.hasOnlyPodsNewerThan(since, rotation.baseline().templateHashes());
    }
}
