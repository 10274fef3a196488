package io.reverser.rotation;

/** What happened in a rotation. Each happens once in it; the last in this order says how far it is. */
enum Mark {
    /** It was decided on. */
    BEGUN,
    /** Secrets Manager was asked for it. */
    ASKED,
    /** A step failed; Secrets Manager repeats them. */
    FAILED,
    /** The new version is the current one; the detail says what else is let in. */
    SWITCHED,
    /** External Secrets is to fetch it; the detail is its last fetch before, as {@link Sync#fetch} has it. */
    SYNCING,
    /** It has; the detail is when. */
    SYNCED,
    /** All pods are newer than that. */
    ROLLED,
    /** The old login is not let in any more. It is over. */
    DROPPED,
    /** It is taken back; the detail says why. */
    UNDOING,
    /** The old version is the current one again. */
    BACK,
    /** External Secrets is to fetch it; the detail is its last fetch before, as {@link Sync#fetch} has it. */
    BACK_SYNCING,
    /** It has; the detail is when. */
    BACK_SYNCED,
    /** No pod uses the new login. */
    BACK_ROLLED,
    /** The new login is not let in any more. It is over. */
    UNDONE,
    /** It was not admitted, and nothing was changed. It is over. */
    REFUSED,
    /** The steps did not come to an end, or somebody went on by hand; the detail says what is left. It is over. */
    GIVEN_UP,
    /** It goes on by itself when something changes that somebody has to look after. */
    STUCK,
    /** A rotation is due and something is in its way. */
    WAITING,
    /** What was in its way is gone, and it has begun. */
    GOES_ON,
    /** A window went by in which a rotation was due. */
    MISSED,
    /** Somebody changed the secret by hand. */
    CHANGED;

    /** Whether nothing comes after it. */
    boolean isEnd() {
        return switch (this) {
            case DROPPED, UNDONE, REFUSED, GIVEN_UP -> true;
            default -> false;
        };
    }

    /** Whether it says how far a rotation is. */
    boolean isProgress() {
        return switch (this) {
            case FAILED, STUCK, WAITING, GOES_ON, MISSED, CHANGED -> false;
            default -> true;
        };
    }
}
