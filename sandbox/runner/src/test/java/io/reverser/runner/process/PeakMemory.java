package io.reverser.runner.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a process takes. */
public final class PeakMemory {

    private PeakMemory() {}

    /** The most that it ever had, in megabytes. */
    public static long peakMegabytes(ProcessHandle process) {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            return lines.filter(line -> line.startsWith("VmHWM"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .sum();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
