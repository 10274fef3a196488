package io.reverser.rotation.rotator.reconcile;

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

/**
 * Restores the old password. Each call takes one idempotent step, after it has verified the outcome of the previous
 * step.
 */
public final class RotationRollback {

    private static final Duration STUCK_TIMEOUT = Duration.ofMinutes(15);
    /**
     * Pods that were created up to this long before the recorded promotion may have the new login. The margin allows
     * for clock skew of the cluster, and for the time until the promotion was recorded.
     */
    private static final Duration CLOCK_MARGIN = Duration.ofMinutes(3);

    private final RotationContext context;
    private final RotationLog rotationLog;

    public RotationRollback(RotationContext context, RotationLog rotationLog) {
        this.context = context;
        this.rotationLog = rotationLog;
    }

    /** Makes the old version current again, after making sure that the database accepts its login. */
    boolean promoteOld(Rotation rotation, SecretState state) {
        if (state.isCurrent(rotation.oldVersion())) {
            return rotationLog.append(rotation.newVersion(), RotationEventType.ROLLBACK_PROMOTED, "");
        }
        DatabaseSecret older = context.secret().getVersion(rotation.oldVersion());
        DatabaseSecret newer = context.secret().getVersion(rotation.newVersion());
        if (!context.switcher().canLogIn(older)) {
            // Pods still use the newer login, so it stays valid as well.
            context.switcher().activate(newer, older, () -> context.secret().requireCurrent(rotation.newVersion()));
        }
        context.secret().promote(rotation.oldVersion(), rotation.newVersion());
        if (state.isPending(rotation.newVersion())) {
            context.secret().removePendingLabel(rotation.newVersion());
        }
        return rotationLog.append(rotation.newVersion(), RotationEventType.ROLLBACK_PROMOTED, "");
    }

    boolean recordSyncRequested(Rotation rotation) {
        return rotationLog.append(
                rotation.newVersion(),
                RotationEventType.ROLLBACK_SYNCING,
                context.kubernetes().readExternalSecretStatus().syncVersion());
    }

    boolean awaitSync(Rotation rotation) {
        ExternalSecretStatus externalSecret = context.kubernetes().readExternalSecretStatus();
        String syncId = rotation.newVersion() + "-rollback";
        if (!externalSecret.forceSyncValue().equals(syncId)) {
            context.kubernetes().forceSync(syncId);
            return false;
        }
        if (externalSecret.isSyncedSince(rotation.messageOf(RotationEventType.ROLLBACK_SYNCING))) {
            return rotationLog.append(
                    rotation.newVersion(), RotationEventType.ROLLBACK_SYNCED, externalSecret.refreshTime());
        }
        reportStuckAfter(
                RotationEventType.ROLLBACK_SYNCING,
                rotation,
                RotationText.syncTimedOut(STUCK_TIMEOUT, externalSecret.notReadyReason()));
        return false;
    }

    /** Waits until no pod remains that was created while the new login was in the cluster. */
    boolean awaitRollout(Rotation rotation) {
        WorkloadStatus workload = context.kubernetes().readWorkloadStatus();
        Instant syncedAt = Instant.parse(rotation.messageOf(RotationEventType.ROLLBACK_SYNCED));
        if (workload.hasNoPodsCreatedBetween(
                rotation.timeOf(RotationEventType.PROMOTED).minus(CLOCK_MARGIN), syncedAt)) {
            return rotationLog.append(rotation.newVersion(), RotationEventType.ROLLBACK_ROLLED_OUT, "");
        }
        reportStuckAfter(
                RotationEventType.ROLLBACK_SYNCED,
                rotation,
                RotationText.rollbackIncomplete(workload.notReadyReason()));
        return false;
    }

    boolean revokeNewLogin(Rotation rotation) {
        context.switcher()
                .rollBack(
                        context.secret().getVersion(rotation.oldVersion()),
                        context.secret().getVersion(rotation.newVersion()),
                        () -> context.secret().requireCurrent(rotation.oldVersion()));
        return rotationLog.appendEnd(
                rotation.newVersion(),
                RotationEventType.ROLLED_BACK,
                rotation.messageOf(RotationEventType.ROLLING_BACK));
    }

    /**
     * Reports a rollback that has waited too long as stuck. Except with {@code SINGLE_USER}, both logins work in the
     * meantime, so an operator has time.
     */
    private void reportStuckAfter(RotationEventType since, Rotation rotation, String why) {
        if (rotationLog.hasElapsed(STUCK_TIMEOUT, rotation.timeOf(since))) {
            rotationLog.append(rotation.newVersion(), RotationEventType.STUCK, why);
        }
    }
}
