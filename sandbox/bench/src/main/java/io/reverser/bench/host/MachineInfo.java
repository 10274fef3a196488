package io.reverser.bench.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * When and on which machine a run took place.
 *
 * @param backgroundLoad the share of CPU time that other processes used while the bench was idle, from 0 to 1
 */
public record MachineInfo(
        int cores, String cpuModel, String kernel, String jdk, double backgroundLoad, LocalDate date) {

    private static final Duration SAMPLE_DURATION = Duration.ofSeconds(2);
    private static final double BUSY_THRESHOLD = 0.1;

    /** Describes this machine, after measuring its background load for two seconds. */
    public static MachineInfo measure() throws IOException, InterruptedException {
        return new MachineInfo(
                Runtime.getRuntime().availableProcessors(),
                readCpuModel(),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                System.getProperty("java.vendor") + " " + Runtime.version(),
                measureBackgroundLoad(),
                LocalDate.now(ZoneOffset.UTC));
    }

    /**
     * One sentence about the time and the machine, for the report.
     *
     * @param more versions of the tools that the run used
     */
    public String describe(String... more) {
        return "Measured on %s with %d cores of %s, %s, %s; other processes used %.0f %% of the CPU time at the start."
                .formatted(
                        date,
                        cores,
                        cpuModel,
                        kernel,
                        Stream.concat(Stream.of(jdk), Stream.of(more)).collect(Collectors.joining("; ")),
                        100 * backgroundLoad);
    }

    /** Whether other processes use so much CPU time that the figures are unreliable. */
    public boolean isBusy() {
        return backgroundLoad > BUSY_THRESHOLD;
    }

    private static String readCpuModel() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("an unnamed processor");
        }
    }

    private static double measureBackgroundLoad() throws IOException, InterruptedException {
        long[] before = readCpuTimes();
        Thread.sleep(SAMPLE_DURATION);
        long[] after = readCpuTimes();
        long idle = after[3] + after[4] - before[3] - before[4];
        return 1
                - (double) idle
                        / (Arrays.stream(after).sum() - Arrays.stream(before).sum());
    }

    /** The CPU times since boot, in clock ticks: user, nice, system, idle, I/O wait, and more (proc_stat(5)). */
    private static long[] readCpuTimes() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/stat"))) {
            return Arrays.stream(lines.findFirst().orElseThrow().split(" +", -1))
                    .skip(1)
                    .mapToLong(Long::parseLong)
                    .toArray();
        }
    }
}
