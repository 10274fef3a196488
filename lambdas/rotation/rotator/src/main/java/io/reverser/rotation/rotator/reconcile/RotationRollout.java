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

/** Moves a rotation on towards its good end: one step for each call, and each only if the one before is seen to be done. */
public final class RotationRollout {

    /** Secrets Manager repeats its steps for about eight minutes. */
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

    /** Requests the rotation from Secrets Manager, unless it is pending there already. */
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

    /** Secrets Manager takes its steps. */
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

    /** The new version is the current one: it has to get into the cluster. */
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

    /** Pods are exchanged. */
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

    /** The new pods are watched for a while, and then the old login goes. */
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
        return rotationLog.appendEnd(
                rotation.newVersion(),
                RotationEventType.COMPLETED,
                hasOverlappingLogins() ? RotationText.NO_DISRUPTION : "");
    }

    /** Whether both logins are let in for a while. */
    private boolean hasOverlappingLogins() {
        return plan.strategy() != Strategy.SINGLE_USER;
    }

    /** Back to the login before, which the server still lets in. */
    boolean startRollback(Rotation rotation, String why) {
        return rotationLog.append(rotation.newVersion(), RotationEventType.ROLLING_BACK, why);
    }

    /** The steps will not come to an end: whatever they did is taken back, unless they have just come to it. */
    private boolean abandon(Rotation rotation, String why) {
        return context.abortVersion(rotation.newVersion())
                ? rotationLog.appendEnd(
                        rotation.newVersion(), RotationEventType.ABANDONED, RotationText.databaseUnchanged(why))
                : recordPromoted(rotation);
    }

    private boolean recordPromoted(Rotation rotation) {
        return rotationLog.append(
                rotation.newVersion(),
                RotationEventType.PROMOTED,
                hasOverlappingLogins() ? RotationText.OLD_LOGIN_STILL_VALID : "");
    }

    /**
     * Reloader gives pods another template when the secret in the cluster changes, so all of them have to be made from
     * templates that were not there before; and after the sync, unless the secret may have been fetched earlier, because
     * it just was its hour.
     */
    private static boolean isRolledOut(Rotation rotation, WorkloadStatus workload) {
        boolean isFirstSync = rotation.messageOf(RotationEventType.SYNCING)
                .equals(rotation.baseline().syncVersion());
        Instant since = isFirstSync ? Instant.parse(rotation.messageOf(RotationEventType.SYNCED)) : Instant.EPOCH;
        return workload.hasOnlyPodsNewerThan(since, rotation.baseline().templateHashes());
    }
}
