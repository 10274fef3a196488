package io.reverser.reverser.visits;

import java.time.Instant;

/**
 * How often and when one address was here.
 *
 * @param count at least 1
 * @param firstSeen not after {@code lastSeen}
 */
public record Visits(long count, Instant firstSeen, Instant lastSeen) {

    /** A single visit, to the millisecond, as the database stores it. */
    static Visits once(long epochMilli) {
        var now = Instant.ofEpochMilli(epochMilli);
        return new Visits(1, now, now);
    }

    /** Both together. The clock may have jumped between them, so neither is assumed to be the earlier one. */
    Visits plus(Visits other) {
        return new Visits(
                count + other.count,
                firstSeen.isBefore(other.firstSeen) ? firstSeen : other.firstSeen,
                lastSeen.isAfter(other.lastSeen) ? lastSeen : other.lastSeen);
    }
}
