package io.reverser.bench.functions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a process takes. */
final class Memory {

    private static final double KILOBYTE = 1024;

    private Memory() {}

    /** The most that it ever had, in megabytes. */
    static double most(ProcessHandle process) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                .filter(line -> line.startsWith("VmHWM"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / KILOBYTE)
                .sum();
    }
}
