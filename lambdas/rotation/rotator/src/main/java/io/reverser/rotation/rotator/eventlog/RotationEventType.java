package io.reverser.rotation.rotator.eventlog;

import io.reverser.rotation.rotator.kubernetes.ExternalSecretStatus;

/**
 * The events of a rotation; each occurs at most once. They are declared in chronological order, so the last one shows
 * the progress of the rotation.
 */
public enum RotationEventType {
    /** The reconciler or an operator started the rotation. */
    STARTED,
    /** {@code RotateSecret} was called. */
    REQUESTED,
    /** One of the four rotation steps failed; Secrets Manager retries the steps. */
    STEP_FAILED,
    /** The new version is current; the message says whether the old login still works. */
    PROMOTED,
    /**
     * External Secrets has to sync the new version; the message is the {@link ExternalSecretStatus#syncVersion} before
     * that sync.
     */
    SYNCING,
    /** External Secrets has synced the new version; the message is the time of the sync. */
    SYNCED,
    /** All pods use the new login. */
    ROLLED_OUT,
    /** The old login is revoked. Terminal. */
    COMPLETED,
    /** The rotation is being rolled back; the message says why. */
    ROLLING_BACK,
    /** The old version is current again. */
    ROLLBACK_PROMOTED,
    /**
     * External Secrets has to sync the old version; the message is the {@link ExternalSecretStatus#syncVersion} before
     * that sync.
     */
    ROLLBACK_SYNCING,
    /** External Secrets has synced the old version; the message is the time of the sync. */
    ROLLBACK_SYNCED,
    /** No pod uses the new login. */
    ROLLBACK_ROLLED_OUT,
    /** The new login is revoked. Terminal. */
    ROLLED_BACK,
    /** The rotation was rejected before it changed anything. Terminal. */
    REJECTED,
    /**
     * The rotation ended early: the four steps did not finish, or the secret was changed externally; the message says
     * why, and what happens in the database. Terminal.
     */
    ABANDONED,
    /** The rotation makes no progress. It continues by itself when an operator has fixed the cause. */
    STUCK,
    /** A rotation is due, but a precondition does not hold. */
    BLOCKED,
    /** All preconditions hold again, and the blocked rotation has started. */
    UNBLOCKED,
    /** The cutoff of a window passed while a rotation was due. */
    WINDOW_MISSED,
    /** The secret was changed outside a rotation. */
    CHANGED_EXTERNALLY;

    /** Whether this event ends the rotation. */
    public boolean isTerminal() {
        return switch (this) {
            case COMPLETED, ROLLED_BACK, REJECTED, ABANDONED -> true;
            default -> false;
        };
    }

    /** Whether this event advances the rotation; other events only report a problem or its end. */
    boolean isProgress() {
        return switch (this) {
            case STEP_FAILED, STUCK, BLOCKED, UNBLOCKED, WINDOW_MISSED, CHANGED_EXTERNALLY -> false;
            default -> true;
        };
    }
}
