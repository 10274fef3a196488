package io.reverser.runner.functions;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.runner.process.ItFolder;
import io.reverser.runner.process.ProcessMemory;
import io.reverser.simulators.fault.FaultInjector.Fault;
import io.reverser.simulators.slack.ChannelRateLimiter.ChannelCall;
import io.reverser.simulators.slack.SlackWorkspace.WorkspaceMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests alarms with two processes of the packaged notifier function, which run in AWS's own Lambda runtime client. */
class AlarmsIT {

    private static final Path REPOSITORY = Path.of("..", "..");

    private SimulatedBackends backends;
    private AlarmsSandbox alarms;

    @BeforeEach
    void start() {
        Path home = ItFolder.PATH.resolve("alarms-" + System.nanoTime());
        backends = SimulatedBackends.start(home);
        alarms = AlarmsSandbox.start(REPOSITORY, home, backends);
    }

    @AfterEach
    void close() {
        alarms.close();
        backends.close();
    }

    /**
     * A thousand alarm changes in ten seconds: the function posts each of them exactly once, with at most one Slack
     * call a second and little memory.
     */
    @Test
    void postsAStormWithoutLossWithinTheRateLimit() throws InterruptedException {
        List<ProcessHandle> processes = alarms.startProcesses();
        var names = new ArrayList<String>();
        for (int tenth = 0; tenth < 100; tenth++) {
            names.addAll(alarms.fireStorm(10));
            Thread.sleep(100);
        }
        Awaitility.await().until(() -> alarms.queue().size() == 0);
        String said = backends.workspace().messages(AlarmsSandbox.ALARMS_CHANNEL).stream()
                .map(message -> message.blocks() + message.content().attachments())
                .collect(Collectors.joining());
        assertThat(names).hasSize(1000).allMatch(name -> count(said, "`" + name + "`") == 1);
        assertThat(alarms.deadLetterQueue().size()).isZero();
        assertThat(digests()).isNotEmpty();
        List<ChannelCall> calls = backends.slack().rateLimiter().calls().stream()
                .filter(call -> call.channel().equals(AlarmsSandbox.ALARMS_CHANNEL))
                .toList();
        for (int i = 1; i < calls.size(); i++) {
            assertThat(Duration.between(calls.get(i - 1).at(), calls.get(i).at()))
                    .isGreaterThan(Duration.ofMillis(950));
        }
        for (ProcessHandle process : processes) {
            assertThat(ProcessMemory.peakMegabytes(process)).isLessThan(512);
        }
    }

    /** Rendering a graph takes long, but the text of the alarm is posted without waiting for the graph. */
    @Test
    void postsTheTextBeforeTheGraph() {
        backends.slack().uploads().setProcessingDelay(Duration.ofSeconds(3));
        alarms.setState("dev-database-write-latency", "ALARM");
        Awaitility.await().until(() -> !messages().isEmpty());
        assertThat(messages().getFirst().content().attachments()).doesNotContain("slack_file");
        Awaitility.await()
                .until(() -> messages().getFirst().content().attachments().contains("slack_file"));
    }

    /** Lambda may end a function's process at any time. */
    @Test
    void postsOnceWhenAProcessDiesMidPost() {
        backends.aws().faults().injectNext("Slack.chat.postMessage", Fault.NO_RESPONSE, 1);
        alarms.setState("dev-database-write-latency", "ALARM");
        Awaitility.await().until(() -> !messages().isEmpty());
        alarms.kill();
        backends.aws().clock().move(Duration.ofMinutes(2));
        Awaitility.await().until(() -> alarms.queue().size() == 0);
        alarms.setState("dev-database-write-latency", "OK");
        Awaitility.await().until(() -> messages().getFirst().text().startsWith("🟢"));
        assertThat(messages()).hasSize(1);
    }

    private List<WorkspaceMessage> messages() {
        return backends.workspace().messages(AlarmsSandbox.ALARMS_CHANNEL).stream()
                .filter(message -> message.threadTs().isEmpty())
                .toList();
    }

    private List<WorkspaceMessage> digests() {
        return messages().stream()
                .filter(message -> message.text().contains("Alarm storm"))
                .toList();
    }

    private static int count(String text, String part) {
        return text.split(java.util.regex.Pattern.quote(part), -1).length - 1;
    }
}
