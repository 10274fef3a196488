package io.reverser.bench.functions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The share of a processor that a function's memory pays for, as a control group of the kernel. Lambda gives a whole one
 * at 1,769 MB and hands it out in slices of 20 ms.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html">Lambda function memory</a>
 */
final class CpuShare implements AutoCloseable {

    private static final int WHOLE_MB = 1769;
    private static final int PERIOD_US = 20_000;
    private static final Path VERSION_1 = Path.of("/sys/fs/cgroup/cpu");
    private static final Path VERSION_2 = Path.of("/sys/fs/cgroup");

    private final Path group;

    private CpuShare(Path group) {
        this.group = group;
    }

    /** The share of so many megabytes; empty where this user may not make control groups. */
    static Optional<CpuShare> of(int megabytes) {
        String name = "bench-" + ProcessHandle.current().pid() + "-" + megabytes;
        int quota = PERIOD_US * megabytes / WHOLE_MB;
        try {
            if (Files.exists(VERSION_1.resolve("cpu.cfs_quota_us"))
                    || Files.exists(VERSION_1.resolve("cgroup.procs"))) {
                Path group = Files.createDirectory(VERSION_1.resolve(name));
                Files.writeString(group.resolve("cpu.cfs_period_us"), Integer.toString(PERIOD_US));
                Files.writeString(group.resolve("cpu.cfs_quota_us"), Integer.toString(quota));
                return Optional.of(new CpuShare(group));
            }
            Files.writeString(VERSION_2.resolve("cgroup.subtree_control"), "+cpu");
            Path group = Files.createDirectory(VERSION_2.resolve(name));
            Files.writeString(group.resolve("cpu.max"), quota + " " + PERIOD_US);
            return Optional.of(new CpuShare(group));
        } catch (IOException notAllowed) {
            return Optional.empty();
        }
    }

    /** From now on the process gets no more than this. */
    void limit(ProcessHandle process) {
        try {
            Files.writeString(group.resolve("cgroup.procs"), Long.toString(process.pid()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Nothing may be left in it. */
    @Override
    public void close() {
        try {
            Files.delete(group);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
