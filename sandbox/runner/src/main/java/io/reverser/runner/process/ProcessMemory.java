package io.reverser.runner.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The memory of a process, from Linux's /proc file system (proc_pid_status(5), proc_pid_smaps(5)). */
public final class ProcessMemory {

    private static final long BYTES_PER_KIB = 1024;
    private static final double BYTES_PER_MIB = 1024 * 1024;

    private ProcessMemory() {}

    /** The peak resident set size of a process, in megabytes. */
    public static double peakMegabytes(ProcessHandle process) {
        return readBytes(process, "status", "VmHWM:") / BYTES_PER_MIB;
    }

    /** The current resident set size of a process, in bytes. */
    public static long residentBytes(ProcessHandle process) {
        return readBytes(process, "status", "VmRSS:");
    }

    /** The current proportional set size of a process, in bytes: memory that several processes share counts in part. */
    public static long proportionalBytes(ProcessHandle process) {
        return readBytes(process, "smaps_rollup", "Pss:");
    }

    private static long readBytes(ProcessHandle process, String file, String field) {
        try (var lines = Files.lines(Path.of("/proc", String.valueOf(process.pid()), file))) {
            return lines.filter(line -> line.startsWith(field))
                    .map(line ->
                            line.substring(field.length()).replace("kB", "").strip())
                    .mapToLong(kibibytes -> Long.parseLong(kibibytes) * BYTES_PER_KIB)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
