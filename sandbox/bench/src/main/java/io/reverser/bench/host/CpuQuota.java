package io.reverser.bench.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The CPU share of a function's memory size, enforced by a Linux control group. Lambda assigns a full vCPU at 1,769 MB,
 * in time slices of 20 ms.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html">Lambda function memory</a>
 */
public final class CpuQuota implements AutoCloseable {

    private static final int FULL_CPU_MB = 1769;
    private static final int PERIOD_US = 20_000;
    private static final Path CGROUP_V1 = Path.of("/sys/fs/cgroup/cpu");
    private static final Path CGROUP_V2 = Path.of("/sys/fs/cgroup");

    private final Path group;

    private CpuQuota(Path group) {
        this.group = group;
    }

    /** Creates the quota for a memory size in megabytes; empty if the current user cannot create control groups. */
    public static Optional<CpuQuota> create(int megabytes) {
        String name = "bench-" + ProcessHandle.current().pid() + "-" + megabytes;
        int quota = PERIOD_US * megabytes / FULL_CPU_MB;
        try {
            if (Files.exists(CGROUP_V1.resolve("cpu.cfs_quota_us"))
                    || Files.exists(CGROUP_V1.resolve("cgroup.procs"))) {
                Path group = Files.createDirectory(CGROUP_V1.resolve(name));
                Files.writeString(group.resolve("cpu.cfs_period_us"), Integer.toString(PERIOD_US));
                Files.writeString(group.resolve("cpu.cfs_quota_us"), Integer.toString(quota));
                return Optional.of(new CpuQuota(group));
            }
            Files.writeString(CGROUP_V2.resolve("cgroup.subtree_control"), "+cpu");
            Path group = Files.createDirectory(CGROUP_V2.resolve(name));
            Files.writeString(group.resolve("cpu.max"), quota + " " + PERIOD_US);
            return Optional.of(new CpuQuota(group));
        } catch (IOException notAllowed) {
            return Optional.empty();
        }
    }

    /** Adds a running process to the control group, which limits the CPU time of the process from then on. */
    public void applyTo(ProcessHandle process) {
        try {
            Files.writeString(group.resolve("cgroup.procs"), Long.toString(process.pid()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Removes the control group, whose processes must have ended. */
    @Override
    public void close() {
        try {
            Files.delete(group);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
