package io.reverser.clock;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A clock that shows the real time plus an offset or, while paused, a fixed time. Its state is one number in a
 * memory-mapped file, so all processes that open the file see the same time at once.
 */
public final class MovableClock implements InstantSource {

    /** The environment variable with the path of the clock's file. */
    public static final String ENVIRONMENT_VARIABLE = "SANDBOX_CLOCK";

    /**
     * The state of the clock: while it runs, twice its offset in milliseconds; while it is paused, twice the epoch
     * milliseconds plus one.
     */
    private final ByteBuffer state;

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** Opens the clock of the sandbox that started this process. {@code ServiceLoader} calls this constructor. */
    public MovableClock() {
        this(Path.of(System.getenv().getOrDefault(ENVIRONMENT_VARIABLE, "")));
    }

    /** Opens the clock that all processes with this file share. */
    public MovableClock(Path file) {
        try (var channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            state = channel.map(MapMode.READ_WRITE, 0, Long.BYTES);
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot open the clock's file: " + file, failure);
        }
    }

    @Override
    public Instant instant() {
        long now = state.getLong(0);
        return isPaused(now) ? Instant.ofEpochMilli(now >> 1) : Instant.now().plusMillis(now >> 1);
    }

    /**
     * Pauses the clock until {@link #resume}; {@link #move} still moves it. A test that pauses the clock does not
     * depend on the speed of the machine.
     */
    public synchronized void pause() {
        state.putLong(0, (instant().toEpochMilli() << 1) | 1);
    }

    /** Lets a paused clock run again, starting at the time that it shows. */
    public synchronized void resume() {
        state.putLong(0, (instant().toEpochMilli() - Instant.now().toEpochMilli()) << 1);
    }

    /** Moves the clock forward or, with a negative duration, backward. */
    public synchronized void move(Duration by) {
        state.putLong(0, state.getLong(0) + (by.toMillis() << 1));
        listeners.forEach(Runnable::run);
    }

    /** Registers a listener, which the clock calls after each {@link #move} by this process. */
    public void onMove(Runnable listener) {
        listeners.add(listener);
    }

    private static boolean isPaused(long state) {
        return (state & 1) == 1;
    }
}
