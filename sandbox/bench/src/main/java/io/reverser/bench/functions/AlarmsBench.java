package io.reverser.bench.functions;

import io.reverser.bench.BenchFailure;
import io.reverser.runner.AccessSurroundings;
import io.reverser.runner.AlarmsSandbox;
import io.reverser.simulators.slack.ChannelLimit.Said;
import io.reverser.simulators.slack.SlackWorkspace.Posted;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** From the topic to Slack: single alarms, and a storm of a thousand changes in ten seconds. */
public final class AlarmsBench {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ALARM = "dev-database-write-latency";
    private static final int SINGLE = 20;
    private static final int TENTHS = 100;
    private static final double NANOS = 1e6;

    private AlarmsBench() {}

    /** Measures the package of a repository; writes into the folder. */
    public static List<Promise> run(Path repository, Path folder) throws IOException {
        try (var surroundings = AccessSurroundings.start(folder);
                var alarms = AlarmsSandbox.start(repository, folder, surroundings)) {
            List<ProcessHandle> processes = alarms.warm();
            var promises = new ArrayList<>(single(surroundings, alarms));
            promises.addAll(storm(surroundings, alarms));
            double memory = 0;
            for (ProcessHandle process : processes) {
                memory = Math.max(memory, Memory.most(process));
            }
            promises.add(new Promise("Memory of the function after that, most that it ever had, MB", 512, memory));
            return promises;
        }
    }

    /** Each rings in its own time, and half an hour after the last, so that it gets a message of its own. */
    private static List<Promise> single(AccessSurroundings surroundings, AlarmsSandbox alarms) {
        var texts = new ArrayList<Double>();
        var pictures = new ArrayList<Double>();
        for (int i = 0; i <= SINGLE; i++) {
            int before = messages(surroundings).size();
            long rang = System.nanoTime();
            alarms.set(ALARM, "ALARM");
            await(() -> messages(surroundings).size() > before);
            double text = (System.nanoTime() - rang) / NANOS;
            await(() -> messages(surroundings).getLast().content().attachments().contains("slack_file"));
            double picture = (System.nanoTime() - rang) / NANOS;
            if (i > 0) {
                texts.add(text);
                pictures.add(picture);
            }
            alarms.set(ALARM, "OK");
            await(() -> messages(surroundings).getLast().text().startsWith("🟢") && isQuiet(surroundings, alarms));
            surroundings.aws().clock().move(Duration.ofMinutes(30));
        }
        return List.of(
                new Promise(
                        "Alarm on the topic to its text in Slack, warm, longest of 20, ms",
                        1000,
                        new Times(texts).longest()),
                new Promise(
                        "Alarm on the topic to its picture in Slack, longest of 20, ms",
                        5000,
                        new Times(pictures).longest()));
    }

    private static List<Promise> storm(AccessSurroundings surroundings, AlarmsSandbox alarms) {
        int before = surroundings.slack().limit().said().size();
        int alone = messages(surroundings).size();
        long begin = System.nanoTime();
        for (int tenth = 1; tenth <= TENTHS; tenth++) {
            alarms.storm(10);
            sleepUntil(begin + Duration.ofMillis(tenth * 100L).toNanos());
        }
        await(() -> hasAll(messages(surroundings), alone));
        double digest = (System.nanoTime() - begin) / NANOS;
        await(() -> isQuiet(surroundings, alarms));
        List<Said> calls =
                surroundings.slack().limit().said().stream().skip(before).toList();
        double shortest = Double.MAX_VALUE;
        for (int i = 1; i < calls.size(); i++) {
            shortest = Math.min(shortest, (double)
                    Duration.between(calls.get(i - 1).at(), calls.get(i).at()).toMillis());
        }
        return List.of(
                new Promise("1,000 changes in 10 s: from the first until the digest has all, ms", 15_000, digest),
                new Promise(
                        "1,000 changes in 10 s: most Slack calls for one channel in a second", 1.05, 1000 / shortest),
                new Promise(
                        "1,000 changes in 10 s: lost or in the dead-letter queue",
                        0,
                        alarms.dead().size()));
    }

    /** In the digest; but for those that came first and alone, and have messages of their own. */
    private static boolean hasAll(List<Posted> messages, int before) {
        String digest = "A storm: %d alarms ring".formatted(10 * TENTHS - (messages.size() - before - 1));
        return messages.stream().anyMatch(message -> message.text().contains(digest));
    }

    private static boolean isQuiet(AccessSurroundings surroundings, AlarmsSandbox alarms) {
        return alarms.queue().size() + surroundings.waitingWork() == 0;
    }

    private static List<Posted> messages(AccessSurroundings surroundings) {
        return surroundings.workspace().messages(AlarmsSandbox.ALARMS).stream()
                .filter(message -> message.thread().isEmpty())
                .toList();
    }

    private static void sleepUntil(long nanoTime) {
        try {
            Thread.sleep(Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime())));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new BenchFailure("Slack did not show it within " + PATIENCE.toSeconds() + " s");
            }
            sleepUntil(System.nanoTime() + Duration.ofMillis(2).toNanos());
        }
    }
}
