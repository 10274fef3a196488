package io.reverser.bench.soak;

import io.reverser.bench.Machine;
import io.reverser.bench.Table;
import io.reverser.bench.account.GrantBook.Ending;
import io.reverser.bench.account.Loss;
import io.reverser.bench.account.VitalBook;
import io.reverser.bench.account.VitalBook.Trend;
import io.reverser.bench.soak.Breakage.Happened;
import io.reverser.bench.soak.Outcome.Books;
import io.reverser.bench.soak.Outcome.Run;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A soak in tables and sentences. */
record Report(Outcome outcome, Machine machine) {

    private static final Duration TO_RECOVER = Duration.ofMinutes(2);

    String markdown() {
        Run run = outcome.run();
        return """
                Seed %d; %s on the machine's clock, in which %d days passed on the sandbox's.

                %s
                %s%s
                %s
                %s
                %s
                """.formatted(
                        run.seed(),
                        lasting(run.took()),
                        run.simulated().toDays(),
                        accounts().markdown(),
                        losses(),
                        counts("What was done", run.done()).markdown(),
                        troubles().markdown(),
                        memory(),
                        machine.sentence());
    }

    private Table accounts() {
        Books books = outcome.books();
        return new Table(
                List.of("Account", "Counted", "Wrong", "Beside that"),
                List.of(
                        row(
                                "requests for access, each with its access entry, its end and Slack",
                                books.grants().grants().size(),
                                books.ofGrants(),
                                "%d access entries; latest end %s, where something failed %s"
                                        .formatted(books.grants().entries().size(), latest(false), latest(true))),
                        row(
                                "changes of alarms, each in Slack or in the dead-letter queue",
                                books.alarms().changes().size(),
                                outcome.ofAlarms(),
                                "%d in the queue, %d said twice"
                                        .formatted(
                                                books.alarms().buried(),
                                                books.alarms().repeated())),
                        row(
                                "rotations, each over or taken back, and the login that is left",
                                books.rotations().rotations().size(),
                                outcome.ofRotations(),
                                "%d changed the password, %d were refused or taken back"
                                        .formatted(
                                                books.rotations().changed(),
                                                books.rotations().takenBack())),
                        row(
                                "requests that were answered, each a visit in the database",
                                total(books.visits().answered()),
                                outcome.ofVisits(),
                                "%d went with killed pods, which may take %d"
                                        .formatted(
                                                books.visits().missing(),
                                                books.visits().mayBeLost())),
                        row(
                                "requests that were not answered, each at a killed pod",
                                books.calls().failures().size(),
                                books.ofCalls(),
                                "%d pods were killed"
                                        .formatted(books.calls().deaths().size())),
                        row(
                                "kinds of processes, none with a leak",
                                books.vitals().trends().size(),
                                outcome.ofVitals(),
                                books.vitals().isLongEnough() ? "see below" : "too short to tell")));
    }

    private static List<String> row(String what, long counted, List<Loss> wrong, String beside) {
        return List.of(what, "%,d".formatted(counted), "%,d".formatted(wrong.size()), beside);
    }

    /** A paragraph, if there are any. */
    private String losses() {
        String lines = outcome.losses().stream().map(loss -> "- " + loss + "\n").collect(Collectors.joining());
        return lines.isEmpty() ? "" : lines + "\n";
    }

    private static Table counts(String title, Map<String, Integer> counts) {
        return new Table(
                List.of(title, "Times"),
                counts.entrySet().stream()
                        .map(one -> List.of(one.getKey(), "%,d".formatted(one.getValue())))
                        .toList());
    }

    private Table troubles() {
        var kinds = new TreeMap<String, Integer>();
        for (Happened one : outcome.run().troubles()) {
            kinds.merge(one.trouble().kind(), 1, Integer::sum);
        }
        kinds.put("calls that went wrong in all of that", (int) outcome.run().struck());
        return counts("What went wrong on purpose", kinds);
    }

    /** Small figures mean little where a process has just started. */
    private String memory() {
        VitalBook vitals = outcome.books().vitals();
        var rows = new ArrayList<List<String>>();
        for (Trend trend : vitals.trends()) {
            rows.add(List.of(
                    trend.role(),
                    "%,d".formatted(outcome.run().processes().getOrDefault(trend.role(), 0)),
                    pair(trend.early().memory(), trend.late().memory()),
                    pair(trend.early().threads(), trend.late().threads()),
                    pair(trend.early().sockets(), trend.late().sockets())));
        }
        return new Table(List.of("Process", "Started", "Memory MB", "Threads", "Sockets"), rows).markdown()
                + "\nMedians of the second quarter of the time and of the last one, on average over the processes of a"
                + " kind. Growth is %.0f %% and %.0f MB more, or %.0f threads or sockets more.\n"
                        .formatted(100 * (VitalBook.MEMORY_FACTOR - 1), VitalBook.MEMORY_SLACK, VitalBook.HANDLES);
    }

    private static String pair(double early, double late) {
        return "%.0f → %.0f".formatted(early, late);
    }

    /** How long access lasted past its end at most, where nothing failed at that time or where something did. */
    private String latest(boolean isDisturbed) {
        return lasting(outcome.books().grants().endings().stream()
                .filter(ending -> isDisturbed(ending) == isDisturbed)
                .map(Ending::late)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO));
    }

    /** A process that was killed takes a while to be there again. */
    private boolean isDisturbed(Ending ending) {
        return outcome.run().troubles().stream()
                .anyMatch(one -> !one.from().simulated().isAfter(ending.seen())
                        && !one.to().simulated().plus(TO_RECOVER).isBefore(ending.due()));
    }

    private static long total(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private static String lasting(Duration time) {
        return time.toMinutes() == 0
                ? "%d.%d s".formatted(time.toSeconds(), time.toMillisPart() / 100)
                : "%d:%02d min".formatted(time.toMinutes(), time.toSecondsPart());
    }
}
