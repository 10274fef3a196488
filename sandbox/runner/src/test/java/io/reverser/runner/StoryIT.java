package io.reverser.runner;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.reverser.runner.WorkspaceVisitor.shown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasCountOptions;
import io.reverser.access.request.RequestId;
import io.reverser.simulators.LoopbackPort;
import io.reverser.simulators.aws.AccessEntry;
import io.reverser.simulators.aws.Scheduler.Schedule;
import io.reverser.simulators.slack.SlackWorkspace.Posted;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One night with all of the platform: what {@code ./platform up} runs, people in a real browser, and the clock moved. */
@ExtendWith(OneChromium.class)
class StoryIT {

    private static final Path REPOSITORY = Path.of("..", "..").toAbsolutePath().normalize();
    private static final Path PODS = ItFolder.PATH.resolve("rotation/pods");
    private static final Duration BEFORE_THE_WINDOW = Duration.ofMinutes(65);
    private static final double WHOLE_MS = 120_000;
    private static final String ALARM = "dev-database-write-latency";

    private static final String TOLD = """
            C0ACCESS
              Access to prod for <@U0ADA> is over
            C0ALARMS
              🟢 *The database takes longer than a second to write*
                a picture
                🟢 *OK*
            C0PLATFORM
              ▶️ The change of the database password of dev has waited, and has begun
                ⏳ It is due, and waits: an alarm rings: dev-database-write-latency
                ▶️ Nothing is in its way any more: it has begun.
              🔑 The database password of dev has changed
                A new password, for the window night.
                Secrets Manager makes it and gives it to the database.
                The database lets it in. It is in the secret now; the one before is still let in.
                External Secrets was asked to fetch it.
                It is in the cluster.
                All pods are new.
                ✅ The password before is not let in any more. Nobody noticed.
            U0ADA
              Access to prod for <@U0ADA> is granted
              Access to prod for <@U0ADA> is over.
            """;

    /** In minutes from when the window opens. */
    private static final String HAPPENED = """
             -65 min  U0ADA REQUEST DONE
             -65 min  U0BOB APPROVE DONE
             -65 min  platform GRANT DONE
             -35 min  dev-database-write-latency ALARM
             -35 min  U0ADA looks after dev-database-write-latency
              +0 min  rotation WAITING an alarm rings: dev-database-write-latency
              +0 min  dev-database-write-latency OK
              +0 min  rotation BEGUN window night
              +0 min  rotation GOES_ON
              +0 min  rotation ASKED
              +0 min  rotation SWITCHED the one before is still let in
              +0 min  rotation SYNCING
              +0 min  rotation SYNCED
              +0 min  rotation ROLLED
              +0 min  rotation DROPPED Nobody noticed.
             +60 min  platform END DONE
            """;

    private final Sandbox sandbox = new Sandbox(REPOSITORY, ItFolder.PATH, System.out::println);
    private AccessSandbox access;
    private AlarmsSandbox alarms;
    private RotationStage stage;
    private WorkspaceVisitor visitor;
    private Instant opens;
    private String request = "";

    @BeforeEach
    void start(Chromium chromium) {
        Sandbox.Running running = sandbox.start(LoopbackPort.free());
        access = running.parts().access();
        alarms = running.parts().alarms();
        var rotation = running.parts().rotation().orElseThrow().sandbox();
        stage = new RotationStage(PODS, running.database(), access.surroundings(), rotation);
        visitor = new WorkspaceVisitor(chromium, running.workspace().uri());
        Instant now = access.aws().clock().instant();
        opens = rotation.plan().windows().next(now, 1).getFirst().start();
        access.aws().clock().move(Duration.between(now, opens.minus(BEFORE_THE_WINDOW)));
        WorkspaceStage.awaitCommand(access);
    }

    @AfterEach
    void close() {
        sandbox.close();
        visitor.close();
    }

    @Test
    void goesThroughANightInWhichEverythingHappens() {
        chapter("1, somebody new asks for access, and somebody else gives it", this::accessIsGiven);
        chapter("2, the database is slow, and an alarm rings", this::theAlarmRings);
        chapter("3, the window opens, and the password does not change while the alarm rings", this::thePasswordWaits);
        chapter("4, the alarm ends, and the password changes under load", this::thePasswordChanges);
        chapter("5, the access ends by itself", this::theAccessEnds);
        chapter("6, everything was told once, in its place", this::everythingWasToldOnce);
        chapter("7, everything is written down, and nothing is left to do", this::everythingIsWrittenDown);
    }

    private void accessIsGiven() {
        visitor.type("/cluster-access");
        shown(visitor.dialog(), "Cluster access");
        visitor.dialog().locator("select[name=target]").selectOption("prod view");
        visitor.dialog().locator("select[name=duration]").selectOption("2h");
        visitor.dialog().locator("textarea[name=reason]").fill("the basket is slow");
        visitor.press("Request");
        shown(visitor.dialog(), "waits for approval");
        visitor.press("Close");
        assertThat(peoplesEntries()).isEmpty();
        visitor.become("Bob");
        visitor.click("Approve");
        shown(visitor.messages(), "Granted");
        shown(visitor.entries(), "AmazonEKSViewPolicy");
        assertThat(peoplesEntries()).singleElement().satisfies(entry -> {
            request = entry.tags().getOrDefault("cluster-access:request-id", "");
            assertThat(entry.cluster()).isEqualTo("prod");
            assertThat(entry.principalArn()).endsWith("role/team/ada");
            assertThat(entry.tags()).containsEntry("cluster-access:approvers", "U0BOB");
        });
    }

    private void theAlarmRings() {
        visitor.click("+30 min");
        visitor.become("Ada");
        visitor.room("alarms");
        visitor.alarm(ALARM, "fire");
        shown(visitor.messages(), "The database takes longer than a second to write");
        assertThat(visitor.messages().locator(".bar img")).hasJSProperty("complete", true);
        visitor.click("I look after it");
        shown(visitor.messages(), "@Ada looks after it since");
        assertThat(alarmMessage().text()).startsWith("🔴");
    }

    private void thePasswordWaits() {
        Login before = stage.rotation().secret().current();
        visitor.click("Open the window");
        shown(visitor.messages(), "It is due, and waits: an alarm rings: " + ALARM);
        await().during(Duration.ofSeconds(2))
                .until(() -> stage.rotation().secret().current().equals(before)
                        && !stage.rotation().secret().isRotating());
        assertThat(stage.podLogins()).hasSize(3).containsOnly(before);
    }

    private void thePasswordChanges() {
        Login before = stage.rotation().secret().current();
        Posted rang = alarmMessage();
        SteadyLoad load = stage.load();
        try (load) {
            visitor.alarm(ALARM, "resolve");
            assertThat(visitor.messages())
                    .containsText(
                            "The database password of dev has changed", new ContainsTextOptions().setTimeout(WHOLE_MS));
            assertThat(visitor.page().locator(".pod.ready .chip.current"))
                    .hasCount(3, new HasCountOptions().setTimeout(WHOLE_MS));
        }
        Login after = stage.rotation().secret().current();
        assertThat(load.failed.sum()).as("failed requests").isZero();
        assertThat(stage.refusedLogins()).as("refused logins").isZero();
        assertThat(stage.lostVisits(load)).as("lost visits").isZero();
        assertThat(visitor.page().locator("#load-now .good")).hasText("0");
        assertThat(after).isNotEqualTo(before);
        assertThat(stage.podLogins()).hasSize(3).containsOnly(after);
        assertThat(stage.isLetIn(after)).isTrue();
        assertThat(stage.isLetIn(before)).isFalse();
        visitor.room("alarms");
        shown(visitor.messages(), "OK since");
        assertThat(alarmMessage()).satisfies(fine -> {
            assertThat(fine.ts()).isEqualTo(rang.ts());
            assertThat(fine.text()).startsWith("🟢");
        });
    }

    private void theAccessEnds() {
        assertThat(peoplesEntries()).hasSize(1);
        visitor.click("+1 h");
        shown(visitor.entries(), "Nobody has access");
        assertThat(peoplesEntries()).isEmpty();
        visitor.room("cluster-access");
        shown(visitor.messages(), "Over.");
    }

    private void everythingWasToldOnce() {
        var transcript = new Transcript(access.workspace());
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(transcript.text()).isEqualTo(TOLD));
        await().during(Duration.ofSeconds(2)).until(() -> transcript.text().equals(TOLD));
    }

    private void everythingIsWrittenDown() {
        var chronicle = new Chronicle(access.surroundings());
        assertThat(chronicle.text(new RequestId(request), opens)).isEqualTo(HAPPENED);
        assertThat(chronicle.unfinished()).isEmpty();
        assertThat(access.aws().scheduler().schedules())
                .extracting(Schedule::name)
                .containsExactly("sweep");
        assertThat(access.undelivered()).isEmpty();
        assertThat(access.surroundings().waitingWork()).isZero();
        assertThat(alarms.queue().size()).isZero();
        assertThat(alarms.dead().size()).isZero();
    }

    private List<AccessEntry> peoplesEntries() {
        return access.aws().eks().entries().stream()
                .filter(entry -> entry.groups().isEmpty())
                .toList();
    }

    private Posted alarmMessage() {
        return access.workspace().messages(AlarmsSandbox.ALARMS).getFirst();
    }

    private interface Chapter {
        void happens() throws Exception;
    }

    /** Whatever breaks, the first words of the failure say where in the story. */
    private static void chapter(String title, Chapter chapter) {
        long begun = System.nanoTime();
        try {
            chapter.happens();
        } catch (Exception | AssertionError broken) {
            throw new AssertionError("Chapter " + title + ": " + broken.getMessage(), broken);
        }
        System.out.printf(
                "%5.1f s  Chapter %s%n",
                Duration.ofNanos(System.nanoTime() - begun).toMillis() / 1000.0, title);
    }
}
