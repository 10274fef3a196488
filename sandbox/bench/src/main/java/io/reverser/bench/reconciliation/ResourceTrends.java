package io.reverser.bench.reconciliation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The resources of processes over time. In a soak that is too short to tell growth from warm-up, this reports no leaks.
 */
public record ResourceTrends(List<Sample> samples) {

    /** Memory growth counts as a leak if it exceeds both this ratio and {@link #MEMORY_TOLERANCE_MB}. */
    public static final double MAX_MEMORY_GROWTH = 1.25;

    /** Tolerates garbage that the garbage collector had freed in one quarter of the run and not yet in the other. */
    public static final double MEMORY_TOLERANCE_MB = 24;

    /** A growth by more threads or sockets than this counts as a leak. */
    public static final double MAX_HANDLE_GROWTH = 12;

    private static final Duration MIN_DURATION = Duration.ofMinutes(9);
    private static final int QUARTERS = 4;

    /**
     * The average resource usage of all processes of one role at one time.
     *
     * @param role what the processes do, like {@code access-command}
     * @param memory the resident memory, in megabytes
     */
    public record Sample(Instant at, String role, double memory, double threads, double sockets) {}

    /** The median resource usage of a role in the second and in the last quarter of the run. */
    public record Trend(String role, Sample early, Sample late) {

        private List<String> problems() {
            var problems = new ArrayList<String>();
            if (early.memory() == 0) {
                // No process of this role ran in the second quarter, so there is nothing to compare with.
                return problems;
            }
            if (late.memory() > early.memory() * MAX_MEMORY_GROWTH
                    && late.memory() > early.memory() + MEMORY_TOLERANCE_MB) {
                problems.add("Memory grows: %s, from %.0f MB to %.0f".formatted(role, early.memory(), late.memory()));
            }
            if (late.threads() > early.threads() + MAX_HANDLE_GROWTH) {
                problems.add("Threads leak: %s, from %.0f to %.0f".formatted(role, early.threads(), late.threads()));
            }
            if (late.sockets() > early.sockets() + MAX_HANDLE_GROWTH) {
                problems.add("Sockets leak: %s, from %.0f to %.0f".formatted(role, early.sockets(), late.sockets()));
            }
            return problems;
        }
    }

    /** The trend of each role, sorted by the role's name. */
    public List<Trend> trends() {
        return samples.stream()
                .map(Sample::role)
                .distinct()
                .sorted()
                .map(role -> new Trend(role, median(role, 1), median(role, QUARTERS - 1)))
                .toList();
    }

    /** Whether the soak was long enough to tell growth from warm-up. */
    public boolean isLongEnough() {
        return !samples.isEmpty() && duration().compareTo(MIN_DURATION) >= 0;
    }

    /** All leaks of memory, threads and sockets. */
    public List<Discrepancy> discrepancies(DualTimestamp now) {
        return isLongEnough()
                ? trends().stream()
                        .flatMap(trend -> trend.problems().stream())
                        .map(problem -> new Discrepancy(problem, now))
                        .toList()
                : List.of();
    }

    /** The median resource usage of a role in one quarter of the run; the quarters are numbered from 0. */
    private Sample median(String role, int quarter) {
        Instant begin =
                samples.getFirst().at().plus(duration().multipliedBy(quarter).dividedBy(QUARTERS));
        Instant end = begin.plus(duration().dividedBy(QUARTERS));
        List<Sample> own = samples.stream()
                .filter(sample -> sample.role().equals(role)
                        && !sample.at().isBefore(begin)
                        && !sample.at().isAfter(end))
                .toList();
        return new Sample(
                begin, role, median(own, Sample::memory), median(own, Sample::threads), median(own, Sample::sockets));
    }

    private Duration duration() {
        return Duration.between(samples.getFirst().at(), samples.getLast().at());
    }

    private static double median(List<Sample> samples, ToDoubleFunction<Sample> value) {
        double[] sorted = samples.stream().mapToDouble(value).sorted().toArray();
        return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
    }
}
