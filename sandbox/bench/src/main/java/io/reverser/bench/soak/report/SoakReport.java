package io.reverser.bench.soak.report;

import io.reverser.bench.host.MachineInfo;
import io.reverser.bench.reconciliation.Discrepancy;
import io.reverser.bench.reconciliation.GrantReconciliation.Ending;
import io.reverser.bench.reconciliation.ResourceTrends;
import io.reverser.bench.reconciliation.ResourceTrends.Trend;
import io.reverser.bench.report.MarkdownTable;
import io.reverser.bench.soak.report.SoakResult.Reconciliations;
import io.reverser.bench.soak.report.SoakResult.RunSummary;
import io.reverser.bench.soak.run.FaultController.FaultPeriod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The report of a soak, as text and tables. */
public record SoakReport(SoakResult result, MachineInfo machine) {

    private static final Duration RECOVERY_TIME = Duration.ofMinutes(2);

    public String markdown() {
        RunSummary run = result.run();
        return """
                Seed %d; %s on the machine's clock, %d days on the sandbox's clock.

                %s
                %s%s
                %s
                %s
                %s
                """.formatted(
                        run.seed(),
                        formatDuration(run.duration()),
                        run.simulatedDuration().toDays(),
                        reconciliationTable().markdown(),
                        discrepancyList(),
                        countTable("Action", run.actionCounts()).markdown(),
                        faultTable().markdown(),
                        resourceTable(),
                        machine.describe());
    }

    private MarkdownTable reconciliationTable() {
        Reconciliations reconciliations = result.reconciliations();
        return new MarkdownTable(
                List.of("Subject", "Counted", "Wrong", "Details"),
                List.of(
                        row(
                                "requests for access, each with its access entry, expiry and messages",
                                reconciliations.grants().grants().size(),
                                reconciliations.grantDiscrepancies(),
                                "%d access entries; longest delay of an expiry %s, during faults %s"
                                        .formatted(
                                                reconciliations
                                                        .grants()
                                                        .entries()
                                                        .size(),
                                                longestDelay(false),
                                                longestDelay(true))),
                        row(
                                "state changes of alarms, each in Slack or in the dead-letter queue",
                                reconciliations.alarms().changes().size(),
                                result.alarmDiscrepancies(),
                                "%d in the queue, %d posted twice"
                                        .formatted(
                                                reconciliations.alarms().deadLettered(),
                                                reconciliations.alarms().duplicates())),
                        row(
                                "rotations, each completed or rolled back, and the final credentials",
                                reconciliations.rotations().rotations().size(),
                                result.rotationDiscrepancies(),
                                "%d changed the password, %d were rejected or rolled back"
                                        .formatted(
                                                reconciliations.rotations().completed(),
                                                reconciliations.rotations().rolledBack())),
                        row(
                                "answered requests, each a visit in the database",
                                total(reconciliations.visits().answered()),
                                result.visitDiscrepancies(),
                                "%d lost with killed pods, which explain up to %d"
                                        .formatted(
                                                reconciliations.visits().missingVisits(),
                                                reconciliations.visits().maxLostVisits())),
                        row(
                                "failed requests, each at a killed pod",
                                reconciliations.failures().failures().size(),
                                reconciliations.failureDiscrepancies(),
                                "%d pods were killed"
                                        .formatted(reconciliations
                                                .failures()
                                                .podKills()
                                                .size())),
                        row(
                                "kinds of processes, without a leak",
                                reconciliations.resourceTrends().trends().size(),
                                result.resourceDiscrepancies(),
                                reconciliations.resourceTrends().isLongEnough()
                                        ? "see below"
                                        : "the run was too short")));
    }

    private static List<String> row(String what, long counted, List<Discrepancy> discrepancies, String remarks) {
        return List.of(what, "%,d".formatted(counted), "%,d".formatted(discrepancies.size()), remarks);
    }

    /** A list of the discrepancies, or nothing if there are none. */
    private String discrepancyList() {
        String lines = result.discrepancies().stream()
                .map(discrepancy -> "- " + discrepancy + "\n")
                .collect(Collectors.joining());
        return lines.isEmpty() ? "" : lines + "\n";
    }

    private static MarkdownTable countTable(String title, Map<String, Integer> counts) {
        return new MarkdownTable(
                List.of(title, "Times"),
                counts.entrySet().stream()
                        .map(one -> List.of(one.getKey(), "%,d".formatted(one.getValue())))
                        .toList());
    }

    private MarkdownTable faultTable() {
        var kinds = new TreeMap<String, Integer>();
        for (FaultPeriod period : result.run().faults()) {
            kinds.merge(period.fault().kind(), 1, Integer::sum);
        }
        kinds.put("failed calls due to these faults", (int) result.run().injectedFailures());
        return countTable("Injected fault", kinds);
    }

    /**
     * Memory, threads and sockets per kind of process, early and late in the run, with the limits above which growth
     * counts as a leak.
     */
    private String resourceTable() {
        ResourceTrends resourceTrends = result.reconciliations().resourceTrends();
        var rows = new ArrayList<List<String>>();
        for (Trend trend : resourceTrends.trends()) {
            rows.add(List.of(
                    trend.role(),
                    "%,d".formatted(result.run().processCounts().getOrDefault(trend.role(), 0)),
                    pair(trend.early().memory(), trend.late().memory()),
                    pair(trend.early().threads(), trend.late().threads()),
                    pair(trend.early().sockets(), trend.late().sockets())));
        }
        return new MarkdownTable(List.of("Process", "Started", "Memory MB", "Threads", "Sockets"), rows).markdown()
                + "\nMedians of the second and of the last quarter of the run, averaged over the processes of a"
                + " kind. Growth of more than %.0f %% and %.0f MB, or of more than %.0f threads or sockets, is a leak.\n"
                        .formatted(
                                100 * (ResourceTrends.MAX_MEMORY_GROWTH - 1),
                                ResourceTrends.MEMORY_TOLERANCE_MB,
                                ResourceTrends.MAX_HANDLE_GROWTH);
    }

    private static String pair(double early, double late) {
        return "%.0f → %.0f".formatted(early, late);
    }

    /**
     * The longest time by which access outlasted its expiry, either of all access whose end a fault may have delayed,
     * or of all other access.
     */
    private String longestDelay(boolean isDisturbed) {
        return formatDuration(result.reconciliations().grants().endings().stream()
                .filter(ending -> isDisturbed(ending) == isDisturbed)
                .map(Ending::delay)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO));
    }

    /**
     * Whether a fault was active between the expiry and the end of the access, including the time that a killed process
     * needs to restart.
     */
    private boolean isDisturbed(Ending ending) {
        return result.run().faults().stream()
                .anyMatch(period -> !period.from().simulated().isAfter(ending.endedAt())
                        && !period.to().simulated().plus(RECOVERY_TIME).isBefore(ending.dueAt()));
    }

    private static long total(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private static String formatDuration(Duration time) {
        return time.toMinutes() == 0
                ? "%d.%d s".formatted(time.toSeconds(), time.toMillisPart() / 100)
                : "%d:%02d min".formatted(time.toMinutes(), time.toSecondsPart());
    }
}
