package io.reverser.rotation.rotator.eventlog;

import io.reverser.rotation.rotator.kubernetes.ExternalSecretStatus;

/** What happens in a rotation, at most once each. The order is that of its steps, so the last one is its progress. */
public enum RotationEventType {
    /** The reconciler or an operator started it. */
    STARTED,
    /** {@code RotateSecret} was called. */
    REQUESTED,
    /** One of the four steps failed; Secrets Manager retries them. */
    STEP_FAILED,
    /** The new version is current; the message says whether the old login still works. */
    PROMOTED,
    /** External Secrets has to sync it; the message is the sync before, a {@link ExternalSecretStatus#syncVersion}. */
    SYNCING,
    /** External Secrets has synced it; the message is the time. */
    SYNCED,
    /** All pods use the new login. */
    ROLLED_OUT,
    /** The old login is revoked. Terminal. */
    COMPLETED,
    /** The message says why. */
    ROLLING_BACK,
    /** The old version is current again. */
    ROLLBACK_PROMOTED,
    /** External Secrets has to sync it; the message is the sync before, a {@link ExternalSecretStatus#syncVersion}. */
    ROLLBACK_SYNCING,
    /** External Secrets has synced it; the message is the time. */
    ROLLBACK_SYNCED,
    /** No pod uses the new login. */
    ROLLBACK_ROLLED_OUT,
    /** The new login is revoked. Terminal. */
    ROLLED_BACK,
    /** It was not admitted, and nothing has changed. Terminal. */
    REJECTED,
    /** The four steps did not finish, or the secret was changed externally; the message says what is left. Terminal. */
    ABANDONED,
    /** An operator has to fix the cause; then it continues by itself. */
    STUCK,
    /** A rotation is due, but a precondition does not hold. */
    BLOCKED,
    /** All preconditions hold again, and the rotation has started. */
    UNBLOCKED,
    /** The cutoff of a window passed while a rotation was due. */
    WINDOW_MISSED,
    /** The secret was changed outside a rotation. */
    CHANGED_EXTERNALLY;

    /** Whether it ends the rotation. */
    public boolean isTerminal() {
        return switch (this) {
            case COMPLETED, ROLLED_BACK, REJECTED, ABANDONED -> true;
            default -> false;
        };
    }

    /** Whether it is a step of the rotation, and not a remark. */
    boolean isProgress() {
        return switch (this) {
            case STEP_FAILED, STUCK, BLOCKED, UNBLOCKED, WINDOW_MISSED, CHANGED_EXTERNALLY -> false;
            default -> true;
        };
    }
}
