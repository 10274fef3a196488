package io.reverser.reverser.visits;

import java.time.Instant;

/**
 * How often and when one address was here.
 *
 * @param count at least 1
 * @param firstMillis since the epoch; not after {@code lastMillis}. Numbers, because every request makes one of these
 */
public record Visits(long count, long firstMillis, long lastMillis) {

    /** As they are stored, to the millisecond. */
    static Visits of(long count, Instant firstSeen, Instant lastSeen) {
        return new Visits(count, firstSeen.toEpochMilli(), lastSeen.toEpochMilli());
    }

    /** A single visit. */
    static Visits single(long millis) {
        return new Visits(1, millis, millis);
    }

    /** Both together. The clock may have jumped between them, so neither is assumed to be the earlier one. */
    Visits plus(Visits other) {
        return new Visits(
                count + other.count, Math.min(firstMillis, other.firstMillis), Math.max(lastMillis, other.lastMillis));
    }

    /** When it was here first. */
    public Instant firstSeen() {
        return Instant.ofEpochMilli(firstMillis);
    }

    /** When it was here last. */
    public Instant lastSeen() {
        return Instant.ofEpochMilli(lastMillis);
    }
}
