package io.reverser.bench.soak;

import io.reverser.bench.Children;
import io.reverser.bench.Document;
import io.reverser.bench.Machine;
import io.reverser.bench.account.Moment;
import io.reverser.bench.account.VitalBook;
import io.reverser.bench.soak.Outcome.Books;
import io.reverser.bench.soak.Outcome.Run;
import io.reverser.bench.soak.Script.Day;
import io.reverser.runner.SandboxFailure;
import io.reverser.simulators.DatabaseDidNotStart;
import io.reverser.simulators.aws.Faults.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** {@code ./platform soak}: work and trouble for a while, and then an account of all of it. */
public final class Soak {

    /** Less shows that everything works, and is no figure. */
    private static final int WORTH_WRITING = 10;

    private static final int SEEDS = 100_000;
    private static final Duration TO_STORE = Duration.ofSeconds(30);

    private final Path repository;
    private final int minutes;
    private final Script script;

    private Soak(Path repository, int minutes, long seed) {
        this.repository = repository;
        this.minutes = minutes;
        // A day takes longer than half a minute, so there are more than enough.
        this.script = Script.of(seed, 2 * minutes);
    }

    /** Arguments: the repository's folder, minutes, and perhaps a seed. */
    public static void main(String[] arguments) throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(Children::end));
        Path repository = Path.of(arguments[0]).toAbsolutePath().normalize();
        long seed = arguments.length > 2 ? Long.parseLong(arguments[2]) : new Random().nextInt(SEEDS);
        try {
            Outcome outcome = new Soak(repository, Integer.parseInt(arguments[1]), seed).run();
            outcome.losses().forEach(loss -> System.err.println("platform: " + loss));
            // DynamoDB Local leaves a thread that would keep this process for as long as it likes.
            System.exit(outcome.losses().isEmpty() ? 0 : 1);
        } catch (SandboxFailure | DatabaseDidNotStart | IOException failure) {
            System.err.println("platform: " + failure.getMessage());
            System.exit(1);
        }
    }

    private Outcome run() throws IOException, InterruptedException {
        say("for %d min, with the seed %d; the same again: ./platform soak --minutes %d --seed %d"
                .formatted(minutes, script.seed(), minutes, script.seed()));
        var machine = Machine.here();
        Path folder = Files.createDirectories(repository.resolve("sandbox/bench/target/soak"));
        deleteLogs(folder);
        Outcome outcome = soak(folder);
        Files.write(folder.resolve("faults.log"), faults(outcome));
        String figures = new Report(outcome, machine).markdown();
        System.out.println("\n" + figures);
        if (minutes >= WORTH_WRITING) {
            write(outcome, figures);
        }
        return outcome;
    }

    private Outcome soak(Path folder) throws IOException, InterruptedException {
        var callers = new Callers();
        try (var vitals = Vitals.watch();
                var stage = Stage.open(repository, folder, callers::hear, Soak::say)) {
            Moment begun = stage.now();
            var breakage = new Breakage(stage);
            var people = new People(stage);
            var sweeper = new Sweeper(stage, breakage);
            var director = new Director(stage, breakage, people, sweeper);
            play(director, stage);
            stage.endTraffic();
            var accountant = new Accountant(stage);
            awaitVisits(callers, accountant);
            Moment ended = stage.now();
            accountant.write(folder);
            var books = new Books(
                    accountant.grants(people.asked(), sweeper.sweeps()),
                    accountant.alarms(),
                    accountant.visits(callers, breakage.deaths()),
                    accountant.calls(callers, breakage.deaths()),
                    accountant.rotations(director.rotations()),
                    new VitalBook(vitals.samples().stream()
                            .filter(sample -> sample.at().isAfter(begun.wall()))
                            .toList()),
                    stage.clocks());
            var run = new Run(
                    script.seed(),
                    begun,
                    ended,
                    director.done(),
                    breakage.happened(),
                    Stream.of(Fault.values())
                            .mapToLong(stage.aws().faults()::struck)
                            .sum(),
                    callers.since(begun.wall()),
                    vitals.processes());
            return new Outcome(run, books, director.stuck());
        }
    }

    /** Of the run before; functions write at the end of what is there. */
    private static void deleteLogs(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path log :
                    files.filter(file -> file.toString().endsWith(".log")).toList()) {
                Files.delete(log);
            }
        }
    }

    private void play(Director director, Stage stage) throws InterruptedException {
        long begun = System.nanoTime();
        for (Day today : script.days()) {
            Duration left = Duration.ofMinutes(minutes).minusNanos(System.nanoTime() - begun);
            if (!left.isPositive()) {
                return;
            }
            say("another day, %s; %d:%02d left".formatted(stage.now(), left.toMinutes(), left.toSecondsPart()));
            if (!director.play(today)) {
                say("that day did not come to an end");
                return;
            }
            stage.aws().faults().forgetCalls();
        }
    }

    /** They are written once a second. */
    private static void awaitVisits(Callers callers, Accountant accountant) throws InterruptedException {
        long answered = total(callers.answered().values().stream());
        long deadline = System.nanoTime() + TO_STORE.toNanos();
        long before = -1;
        for (long stored = 0; stored < answered && System.nanoTime() < deadline && stored != before; ) {
            before = stored;
            Thread.sleep(Duration.ofSeconds(4));
            stored = total(accountant.stored().values().stream());
        }
    }

    private static long total(Stream<Long> counts) {
        return counts.mapToLong(Long::longValue).sum();
    }

    /** A line for each, for whoever wants to know what met what. */
    private static List<String> faults(Outcome outcome) {
        return outcome.run().troubles().stream()
                .sorted(Comparator.comparing(one -> one.from().wall()))
                .map(one -> "%s until %s: %s".formatted(one.from(), one.to(), one.trouble()))
                .toList();
    }

    private void write(Outcome outcome, String figures) throws IOException {
        Path page = repository.resolve("docs/reliability.md");
        Files.writeString(
                page,
                new Document(Files.readString(page))
                        .with("figures", "soak", figures)
                        .text());
        Files.writeString(repository.resolve("docs/images/soak-requests.svg"), new Timeline(outcome).svg());
        Files.writeString(
                repository.resolve("docs/images/soak-memory.svg"),
                new MemoryLines(outcome.books().vitals()).svg());
        say("written to " + page);
    }

    private static void say(String text) {
        System.out.println("platform: " + text);
    }
}
