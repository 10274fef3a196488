package io.reverser.bench.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a process takes. */
public final class ProcessMemory {

    private static final double KIB_PER_MIB = 1024;

    private ProcessMemory() {}

    /** The most that it ever had, in megabytes. */
    public static double peakMegabytes(ProcessHandle process) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                .filter(line -> line.startsWith("VmHWM"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / KIB_PER_MIB)
                .sum();
    }
}
