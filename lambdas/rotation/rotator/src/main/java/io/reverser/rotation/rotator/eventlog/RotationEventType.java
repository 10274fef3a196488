package io.reverser.rotation.rotator.eventlog;

import io.reverser.rotation.rotator.kubernetes.ExternalSecretStatus;

/** What happened in a rotation. Each happens once in it; the last in this order says how far it is. */
public enum RotationEventType {
    /** It was decided on. */
    STARTED,
    /** Secrets Manager was asked for it. */
    REQUESTED,
    /** A step failed; Secrets Manager repeats them. */
    STEP_FAILED,
    /** The new version is the current one; the message says what else is let in. */
    PROMOTED,
    /** External Secrets is to fetch it; the message is its last fetch before, as {@link ExternalSecretStatus#syncVersion} has it. */
    SYNCING,
    /** It has; the message is when. */
    SYNCED,
    /** All pods are newer than that. */
    ROLLED_OUT,
    /** The old login is not let in any more. It is over. */
    COMPLETED,
    /** It is taken back; the message says why. */
    ROLLING_BACK,
    /** The old version is the current one again. */
    ROLLBACK_PROMOTED,
    /** External Secrets is to fetch it; the message is its last fetch before, as {@link ExternalSecretStatus#syncVersion} has it. */
    ROLLBACK_SYNCING,
    /** It has; the message is when. */
    ROLLBACK_SYNCED,
    /** No pod uses the new login. */
    ROLLBACK_ROLLED_OUT,
    /** The new login is not let in any more. It is over. */
    ROLLED_BACK,
    /** It was not admitted, and nothing was changed. It is over. */
    REJECTED,
    /**
     * The steps were not completed, or the secret was changed externally; the message says what is left. It is over.
     */
    ABANDONED,
    /** An operator has to look at it; it continues by itself once the cause is gone. */
    STUCK,
    /** A rotation is due and something is in its way. */
    BLOCKED,
    /** What was in its way is gone, and it has begun. */
    UNBLOCKED,
    /** A window went by in which a rotation was due. */
    WINDOW_MISSED,
    /** The secret was changed outside of a rotation. */
    CHANGED_EXTERNALLY;

    /** Whether nothing comes after it. */
    public boolean isTerminal() {
        return switch (this) {
            case COMPLETED, ROLLED_BACK, REJECTED, ABANDONED -> true;
            default -> false;
        };
    }

    /** Whether it says how far a rotation is. */
    boolean isProgress() {
        return switch (this) {
            case STEP_FAILED, STUCK, BLOCKED, UNBLOCKED, WINDOW_MISSED, CHANGED_EXTERNALLY -> false;
            default -> true;
        };
    }
}
