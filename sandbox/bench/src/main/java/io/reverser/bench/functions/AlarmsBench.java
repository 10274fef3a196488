package io.reverser.bench.functions;

import io.reverser.bench.host.Await;
import io.reverser.bench.report.Objective;
import io.reverser.runner.functions.AlarmsSandbox;
import io.reverser.runner.functions.SimulatedBackends;
import io.reverser.runner.process.ProcessMemory;
import io.reverser.simulators.slack.ChannelRateLimiter.ChannelCall;
import io.reverser.simulators.slack.SlackWorkspace.WorkspaceMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Measures how long an alarm takes from the SNS topic to Slack: single alarms, and a storm of a thousand state changes
 * in ten seconds.
 */
public final class AlarmsBench {

    private static final Duration AWAIT_TIMEOUT = Duration.ofSeconds(60);
    private static final String ALARM = "dev-database-write-latency";
    private static final int SINGLE_ALARMS = 20;
    private static final int STORM_STEPS = 100;
    private static final double NANOS_PER_MS = 1e6;

    private AlarmsBench() {}

    /**
     * Measures the packaged notifier of a repository.
     *
     * @param folder where the run writes its data
     */
    public static List<Objective> run(Path repository, Path folder) throws IOException {
        try (var backends = SimulatedBackends.start(folder);
                var alarms = AlarmsSandbox.start(repository, folder, backends)) {
            List<ProcessHandle> processes = alarms.startProcesses();
            var objectives = new ArrayList<>(measureSingleAlarms(backends, alarms));
            objectives.addAll(measureStorm(backends, alarms));
            double memory = 0;
            for (ProcessHandle process : processes) {
                memory = Math.max(memory, ProcessMemory.peakMegabytes(process));
            }
            objectives.add(Objective.atMost("Peak memory of the function, MB", 512, memory));
            return objectives;
        }
    }

    /**
     * Fires an alarm repeatedly, half an hour apart on the sandbox's clock, so that each time the notifier posts a
     * separate message.
     */
    private static List<Objective> measureSingleAlarms(SimulatedBackends backends, AlarmsSandbox alarms) {
        var textLatencies = new ArrayList<Double>();
        var graphLatencies = new ArrayList<Double>();
        for (int i = 0; i <= SINGLE_ALARMS; i++) {
            int before = messages(backends).size();
            long firedAt = System.nanoTime();
            alarms.setState(ALARM, "ALARM");
            await(() -> messages(backends).size() > before);
            double text = (System.nanoTime() - firedAt) / NANOS_PER_MS;
            await(() -> messages(backends).getLast().content().attachments().contains("slack_file"));
            double graph = (System.nanoTime() - firedAt) / NANOS_PER_MS;
            if (i > 0) {
                textLatencies.add(text);
                graphLatencies.add(graph);
            }
            alarms.setState(ALARM, "OK");
            await(() -> messages(backends).getLast().text().startsWith("🟢") && areQueuesEmpty(backends, alarms));
            backends.aws().clock().move(Duration.ofMinutes(30));
        }
        return List.of(
                Objective.atMost(
                        "From the topic to the text in Slack, warm, longest of 20, ms",
                        1000,
                        new Latencies(textLatencies).max()),
                Objective.atMost(
                        "From the topic to the graph in Slack, longest of 20, ms",
                        5000,
                        new Latencies(graphLatencies).max()));
    }

    private static List<Objective> measureStorm(SimulatedBackends backends, AlarmsSandbox alarms) {
        int before = backends.slack().rateLimiter().calls().size();
        int messagesBefore = messages(backends).size();
        long begin = System.nanoTime();
        for (int step = 1; step <= STORM_STEPS; step++) {
            alarms.fireStorm(10);
            sleepUntil(begin + Duration.ofMillis(step * 100L).toNanos());
        }
        await(() -> digestHasAll(messages(backends), messagesBefore));
        double digest = (System.nanoTime() - begin) / NANOS_PER_MS;
        await(() -> areQueuesEmpty(backends, alarms));
        List<ChannelCall> calls =
                backends.slack().rateLimiter().calls().stream().skip(before).toList();
        double shortestInterval = Double.MAX_VALUE;
        for (int i = 1; i < calls.size(); i++) {
            shortestInterval = Math.min(shortestInterval, (double)
                    Duration.between(calls.get(i - 1).at(), calls.get(i).at()).toMillis());
        }
        return List.of(
                Objective.atMost("1,000 changes in 10 s: from the first to the complete digest, ms", 15_000, digest),
                Objective.atMost(
                        "1,000 changes in 10 s: peak rate of Slack calls to a channel, per second",
                        1.05,
                        1000 / shortestInterval),
                Objective.atMost(
                        "1,000 changes in 10 s: lost or in the dead-letter queue",
                        0,
                        alarms.deadLetterQueue().size()));
    }

    /**
     * Whether the digest contains all alarms except the first ones, for which the notifier posted separate messages
     * before it detected a storm.
     */
    private static boolean digestHasAll(List<WorkspaceMessage> messages, int before) {
        String digest = "Alarm storm: %d alarms firing".formatted(10 * STORM_STEPS - (messages.size() - before - 1));
        return messages.stream().anyMatch(message -> message.text().contains(digest));
    }

    private static boolean areQueuesEmpty(SimulatedBackends backends, AlarmsSandbox alarms) {
        return alarms.queue().size() + backends.pendingWork() == 0;
    }

    private static List<WorkspaceMessage> messages(SimulatedBackends backends) {
        return backends.workspace().messages(AlarmsSandbox.ALARMS_CHANNEL).stream()
                .filter(message -> message.threadTs().isEmpty())
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
        Await.until(condition, AWAIT_TIMEOUT, "No message in Slack within " + AWAIT_TIMEOUT.toSeconds() + " s");
    }
}
