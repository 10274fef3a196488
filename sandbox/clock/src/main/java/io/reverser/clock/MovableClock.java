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
 * The real time, moved. By how much, stands in a file that all processes map into their memory, so they agree at once.
 */
public final class MovableClock implements InstantSource {

    /** The environment variable that names the file. */
    public static final String VARIABLE = "SANDBOX_CLOCK";

    private final ByteBuffer offsetMillis;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** The clock of the sandbox that started this process; {@code ServiceLoader} makes it. */
    public MovableClock() {
        this(Path.of(System.getenv().getOrDefault(VARIABLE, "")));
    }

    /** The clock of everybody who names this file. */
    public MovableClock(Path file) {
        try (var channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            offsetMillis = channel.map(MapMode.READ_WRITE, 0, Long.BYTES);
        } catch (IOException failure) {
            throw new UncheckedIOException("The clock's file cannot be used: " + file, failure);
        }
    }

    @Override
    public Instant instant() {
        return Instant.now().plusMillis(offsetMillis.getLong(0));
    }

    /** Moves it, also backwards. */
    public synchronized void move(Duration by) {
        offsetMillis.putLong(0, offsetMillis.getLong(0) + by.toMillis());
        listeners.forEach(Runnable::run);
    }

    /** Calls somebody in this process after each move. */
    public void onMove(Runnable listener) {
        listeners.add(listener);
    }
}
