package io.reverser.bench;

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
 * Where and when a run took place.
 *
 * @param otherWork the share of the processors that others used while the bench waited, from 0 to 1
 */
public record Machine(int cores, String processor, String kernel, String jdk, double otherWork, LocalDate date) {

    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final double BUSY = 0.1;

    /** This one, looked at for two seconds. */
    public static Machine here() throws IOException, InterruptedException {
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                processorName(),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                System.getProperty("java.vendor") + " " + Runtime.version(),
                busyWhileWeWait(),
                LocalDate.now(ZoneOffset.UTC));
    }

    /**
     * Where, when and with what.
     *
     * @param more versions of what took part
     */
    public String sentence(String... more) {
        return "Measured on %s with %d cores of %s, %s, %s; %.0f %% of the machine in use by others when it began."
                .formatted(
                        date,
                        cores,
                        processor,
                        kernel,
                        Stream.concat(Stream.of(jdk), Stream.of(more)).collect(Collectors.joining("; ")),
                        100 * otherWork);
    }

    /** Whether others use so much of it that figures say less than they could. */
    public boolean isBusy() {
        return otherWork > BUSY;
    }

    private static String processorName() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("an unnamed processor");
        }
    }

    private static double busyWhileWeWait() throws IOException, InterruptedException {
        long[] before = processorTimes();
        Thread.sleep(LOOK);
        long[] after = processorTimes();
        long idle = after[3] + after[4] - before[3] - before[4];
        return 1
                - (double) idle
                        / (Arrays.stream(after).sum() - Arrays.stream(before).sum());
    }

    /** User, nice, system, idle, waiting for disks, and more, since the machine started (proc_stat(5)). */
    private static long[] processorTimes() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/stat"))) {
            return Arrays.stream(lines.findFirst().orElseThrow().split(" +", -1))
                    .skip(1)
                    .mapToLong(Long::parseLong)
                    .toArray();
        }
    }
}
