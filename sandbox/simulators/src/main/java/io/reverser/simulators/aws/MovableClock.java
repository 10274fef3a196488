package io.reverser.simulators.aws;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The real time, moved. Whoever waits for a time hears of each move. */
public final class MovableClock implements InstantSource {

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile Duration offset = Duration.ZERO;

    @Override
    public Instant instant() {
        return Instant.now().plus(offset);
    }

    /** Moves it, also backwards. */
    public void move(Duration by) {
        offset = offset.plus(by);
        listeners.forEach(Runnable::run);
    }

    /** Moves it to the given time. */
    public void moveTo(Instant then) {
        move(Duration.between(instant(), then));
    }

    void onMove(Runnable listener) {
        listeners.add(listener);
    }
}
