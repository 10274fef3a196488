package io.reverser.bench.reconciliation;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A point in time, by the machine's clock and by the sandbox's clock. */
public record DualTimestamp(Instant wall, Instant simulated) {

    private static final DateTimeFormatter WALL_FORMAT =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter SIMULATED_FORMAT =
            DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    @Override
    public String toString() {
        return "%s (simulated %s)".formatted(WALL_FORMAT.format(wall), SIMULATED_FORMAT.format(simulated));
    }
}
