package io.reverser.reverser.visits;

import java.time.Instant;

/**
 * The number and times of one address's visits.
 *
 * @param count the number of visits, at least 1
 * @param firstMillis milliseconds since the epoch, not after {@code lastMillis}; a primitive, because every request
 *     creates a {@code Visits}
 */
public record Visits(long count, long firstMillis, long lastMillis) {

    /** Creates visits from values in the database, whose times have a precision of milliseconds. */
    static Visits of(long count, Instant firstSeen, Instant lastSeen) {
        return new Visits(count, firstSeen.toEpochMilli(), lastSeen.toEpochMilli());
    }

    /** A single visit. */
    static Visits single(long millis) {
        return new Visits(1, millis, millis);
    }

    /**
     * The sum of these and other visits of the same address. The clock may have jumped meanwhile, so either may have
     * the earlier times.
     */
    Visits plus(Visits other) {
        return new Visits(
                count + other.count, Math.min(firstMillis, other.firstMillis), Math.max(lastMillis, other.lastMillis));
    }

    /** The time of the first visit. */
    public Instant firstSeen() {
        return Instant.ofEpochMilli(firstMillis);
    }

    /** The time of the latest visit. */
    public Instant lastSeen() {
        return Instant.ofEpochMilli(lastMillis);
    }
}
