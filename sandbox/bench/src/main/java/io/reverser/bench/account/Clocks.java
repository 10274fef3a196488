package io.reverser.bench.account;

import java.time.Duration;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.TreeMap;

/** How far the sandbox's clock was ahead of the machine's, from when to when; it is only ever moved forward. */
public final class Clocks {

    private final NavigableMap<Instant, Duration> byWall = new TreeMap<>();
    private final NavigableMap<Instant, Duration> bySimulated = new TreeMap<>();

    /**
     * The clock was moved to where it is so far ahead.
     *
     * @param at by the machine's clock
     */
    public synchronized void moved(Instant at, Duration ahead) {
        byWall.put(at, ahead);
        bySimulated.put(at.plus(ahead), ahead);
    }

    /** A time of the machine's clock. */
    public synchronized Moment wall(Instant at) {
        return new Moment(at, at.plus(ahead(byWall, at)));
    }

    /** A time of the sandbox's clock; what was jumped over lies where the clock was moved. */
    public synchronized Moment simulated(Instant at) {
        Instant wall = at.minus(ahead(bySimulated, at));
        var next = bySimulated.higherEntry(at);
        Instant moved = next == null ? wall : next.getKey().minus(next.getValue());
        return new Moment(wall.isAfter(moved) ? moved : wall, at);
    }

    private static Duration ahead(NavigableMap<Instant, Duration> moves, Instant at) {
        var move = moves.floorEntry(at);
        return move == null ? Duration.ZERO : move.getValue();
    }
}
