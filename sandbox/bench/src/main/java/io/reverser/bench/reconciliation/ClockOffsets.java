package io.reverser.bench.reconciliation;

import java.time.Duration;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The offset between the sandbox's clock and the machine's clock over time. A soak moves the sandbox's clock only
 * forward.
 */
public final class ClockOffsets {

    private final NavigableMap<Instant, Duration> byWall = new TreeMap<>();
    private final NavigableMap<Instant, Duration> bySimulated = new TreeMap<>();

    /**
     * Records a move of the sandbox's clock.
     *
     * @param at when the sandbox's clock moved, by the machine's clock
     */
    public synchronized void recordMove(Instant at, Duration offset) {
        byWall.put(at, offset);
        bySimulated.put(at.plus(offset), offset);
    }

    /** Converts a time of the machine's clock. */
    public synchronized DualTimestamp fromWall(Instant at) {
        return new DualTimestamp(at, at.plus(offsetAt(byWall, at)));
    }

    /** Converts a time of the sandbox's clock; a time that a move skipped maps to the moment of the move. */
    public synchronized DualTimestamp fromSimulated(Instant at) {
        Instant wall = at.minus(offsetAt(bySimulated, at));
        var next = bySimulated.higherEntry(at);
        Instant moved = next == null ? wall : next.getKey().minus(next.getValue());
        return new DualTimestamp(wall.isAfter(moved) ? moved : wall, at);
    }

    private static Duration offsetAt(NavigableMap<Instant, Duration> moves, Instant at) {
        var move = moves.floorEntry(at);
        return move == null ? Duration.ZERO : move.getValue();
    }
}
