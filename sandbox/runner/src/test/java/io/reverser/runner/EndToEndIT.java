package io.reverser.runner;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.reverser.runner.workspace.WorkspacePageObject.assertShown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasCountOptions;
import io.reverser.access.request.RequestId;
import io.reverser.runner.browser.Chromium;
import io.reverser.runner.browser.ChromiumExtension;
import io.reverser.runner.cluster.ReverserCredentials;
import io.reverser.runner.functions.AccessSandbox;
import io.reverser.runner.functions.AlarmsSandbox;
import io.reverser.runner.process.ItFolder;
import io.reverser.runner.process.SteadyLoad;
import io.reverser.runner.rotation.RotationFixture;
import io.reverser.runner.workspace.WorkspaceFixture;
import io.reverser.runner.workspace.WorkspacePageObject;
import io.reverser.simulators.LoopbackPort;
import io.reverser.simulators.aws.eks.AccessEntry;
import io.reverser.simulators.aws.scheduler.Scheduler.Schedule;
import io.reverser.simulators.slack.SlackWorkspace.WorkspaceMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests one night of the whole platform: everything that {@code ./platform up} runs, people in a real browser, and a
 * clock that the test moves.
 */
@ExtendWith(ChromiumExtension.class)
class EndToEndIT {

    private static final Path REPOSITORY = Path.of("..", "..").toAbsolutePath().normalize();
    private static final Path PODS = ItFolder.PATH.resolve("rotation/pods");
    private static final Duration BEFORE_THE_WINDOW = Duration.ofMinutes(65);
    private static final double ROTATION_TIMEOUT_MS = 120_000;
    private static final String ALARM = "dev-database-write-latency";

    private static final String EXPECTED_TRANSCRIPT = """
            C0ACCESS
              Access to prod for <@U0ADA> has expired
            C0ALARMS
              🟢 *Resolved: Database write latency is over 1 s*
                a picture
                🟢 *OK*
            C0PLATFORM
              ▶️ The rotation of the database password of dev was delayed and has started
                ⏳ Waiting to start: a blocking alarm is firing: dev-database-write-latency.
                ▶️ Nothing blocks the rotation any more, and it has started.
              🔑 The database password of dev has changed
                Rotation started: window night.
                Secrets Manager is creating the new password and setting it in the database.
                The database accepts the new password, and the secret holds it; the old login still works.
                External Secrets is syncing the new password into the cluster.
                The new password is in the cluster.
                All pods use the new password.
                ✅ Done. The old password no longer works: the database refused a login with it.
            U0ADA
              Access to prod for <@U0ADA> is granted
              Access to prod for <@U0ADA> has expired.
            """;

    /** The expected events, with their times in minutes from the start of the maintenance window. */
    private static final String EXPECTED_TIMELINE = """
             -65 min  U0ADA REQUEST DONE
             -65 min  U0BOB APPROVE DONE
             -65 min  platform GRANT DONE
             -35 min  dev-database-write-latency ALARM
             -35 min  U0ADA acknowledged dev-database-write-latency
              +0 min  rotation BLOCKED a blocking alarm is firing: dev-database-write-latency
              +0 min  dev-database-write-latency OK
              +0 min  rotation STARTED window night
              +0 min  rotation UNBLOCKED
              +0 min  rotation REQUESTED
              +0 min  rotation PROMOTED the old login still works
              +0 min  rotation SYNCING
              +0 min  rotation SYNCED
              +0 min  rotation ROLLED_OUT
              +0 min  rotation COMPLETED
             +60 min  platform END_ACCESS DONE
            """;

    private final Sandbox sandbox = new Sandbox(REPOSITORY, ItFolder.PATH, System.out::println);
    private AccessSandbox access;
    private AlarmsSandbox alarms;
    private RotationFixture fixture;
    private WorkspacePageObject workspace;
    private Instant opens;
    private String request = "";

    @BeforeEach
    void start(Chromium chromium) {
        Sandbox.Running running = sandbox.start(LoopbackPort.free(), LoopbackPort.free());
        access = running.context().access();
        alarms = running.context().alarms();
        var rotation = running.context().rotation().orElseThrow().sandbox();
        fixture = new RotationFixture(PODS, running.database(), access.backends(), rotation);
        workspace = new WorkspacePageObject(chromium, running.page().uri());
        Instant now = access.aws().clock().instant();
        opens = rotation.plan().windows().nextOpen(now, 1).getFirst().start();
        access.aws().clock().move(Duration.between(now, opens.minus(BEFORE_THE_WINDOW)));
        WorkspaceFixture.awaitCommand(access);
    }

    @AfterEach
    void close() {
        sandbox.close();
        workspace.close();
    }

    @Test
    void survivesANightWithAccessAlarmsAndARotation() {
        chapter("1, Ada requests access, and Bob approves it", this::accessIsGranted);
        chapter("2, the database is slow, and an alarm fires", this::theAlarmFires);
        chapter("3, the window opens, and the firing alarm blocks the rotation", this::thePasswordWaits);
        chapter("4, the alarm resolves, and the password changes under load", this::thePasswordChanges);
        chapter("5, the access expires", this::theAccessEnds);
        chapter("6, each message was posted once, in its channel", this::everythingIsPublishedOnce);
        chapter("7, every event is recorded, and no work is left", this::everythingIsRecorded);
    }

    private void accessIsGranted() {
        workspace.type("/cluster-access");
        assertShown(workspace.dialog(), "Cluster access");
        workspace.dialog().locator("select[name=target]").selectOption("prod view");
        workspace.dialog().locator("select[name=duration]").selectOption("2h");
        workspace.dialog().locator("textarea[name=reason]").fill("the basket is slow");
        workspace.press("Request");
        assertShown(workspace.dialog(), "waiting for approval");
        workspace.press("Close");
        assertThat(peoplesEntries()).isEmpty();
        workspace.actAs("Bob");
        workspace.click("Approve");
        assertShown(workspace.messages(), "Granted");
        assertShown(workspace.entries(), "AmazonEKSViewPolicy");
        assertThat(peoplesEntries()).singleElement().satisfies(entry -> {
            request = entry.tags().getOrDefault("cluster-access:request-id", "");
            assertThat(entry.cluster()).isEqualTo("prod");
            assertThat(entry.principalArn()).endsWith("role/team/ada");
            assertThat(entry.tags()).containsEntry("cluster-access:approvers", "U0BOB");
        });
    }

    private void theAlarmFires() {
        workspace.click("+30 min");
        workspace.actAs("Ada");
        workspace.openChannel("alarms");
        workspace.clickAlarmButton(ALARM, "fire");
        assertShown(workspace.messages(), "Database write latency is over 1 s");
        assertThat(workspace.messages().locator(".bar img")).hasJSProperty("complete", true);
        workspace.click("Acknowledge");
        assertShown(workspace.messages(), "Acknowledged by @Ada");
        assertThat(alarmMessage().text()).startsWith("🔴");
    }

    private void thePasswordWaits() {
        ReverserCredentials before = fixture.rotation().secret().readCurrent();
        workspace.click("Skip to the next window");
        assertShown(workspace.messages(), "Waiting to start: a blocking alarm is firing: " + ALARM);
        await().during(Duration.ofSeconds(2))
                .until(() -> fixture.rotation().secret().readCurrent().equals(before)
                        && !fixture.rotation().secret().isRotating());
        assertThat(fixture.podCredentials()).hasSize(3).containsOnly(before);
    }

    private void thePasswordChanges() {
        ReverserCredentials before = fixture.rotation().secret().readCurrent();
        WorkspaceMessage firing = alarmMessage();
        SteadyLoad load = fixture.load();
        try (load) {
            workspace.clickAlarmButton(ALARM, "resolve");
            assertThat(workspace.messages())
                    .containsText(
                            "The database password of dev has changed",
                            new ContainsTextOptions().setTimeout(ROTATION_TIMEOUT_MS));
            assertThat(workspace.page().locator(".pod.ready .chip.current"))
                    .hasCount(3, new HasCountOptions().setTimeout(ROTATION_TIMEOUT_MS));
        }
        ReverserCredentials after = fixture.rotation().secret().readCurrent();
        assertThat(load.failed.sum()).as("failed requests").isZero();
        assertThat(fixture.deniedLogins()).as("refused logins").isZero();
        assertThat(fixture.lostVisits(load)).as("lost visits").isZero();
        assertThat(workspace.page().locator("#load-now .good")).hasText("0");
        assertThat(after).isNotEqualTo(before);
        assertThat(fixture.podCredentials()).hasSize(3).containsOnly(after);
        assertThat(fixture.canLogIn(after)).isTrue();
        assertThat(fixture.canLogIn(before)).isFalse();
        workspace.openChannel("alarms");
        assertShown(workspace.messages(), "OK since");
        assertThat(alarmMessage()).satisfies(resolved -> {
            assertThat(resolved.ts()).isEqualTo(firing.ts());
            assertThat(resolved.text()).startsWith("🟢");
        });
    }

    private void theAccessEnds() {
        assertThat(peoplesEntries()).hasSize(1);
        workspace.click("+1 h");
        assertShown(workspace.entries(), "No one has access");
        assertThat(peoplesEntries()).isEmpty();
        workspace.openChannel("cluster-access");
        assertShown(workspace.messages(), "Expired.");
    }

    private void everythingIsPublishedOnce() {
        var transcript = new Transcript(access.workspace());
        await().untilAsserted(() -> assertThat(transcript.text()).isEqualTo(EXPECTED_TRANSCRIPT));
        await().during(Duration.ofSeconds(2)).until(() -> transcript.text().equals(EXPECTED_TRANSCRIPT));
    }

    private void everythingIsRecorded() {
        var timeline = new EventTimeline(access.backends());
        assertThat(timeline.text(new RequestId(request), opens)).isEqualTo(EXPECTED_TIMELINE);
        assertThat(timeline.unfinished()).isEmpty();
        assertThat(access.aws().scheduler().schedules())
                .extracting(Schedule::name)
                .containsExactly("sweep");
        assertThat(access.deadLetters()).isEmpty();
        assertThat(access.backends().pendingWork()).isZero();
        assertThat(alarms.queue().size()).isZero();
        assertThat(alarms.deadLetterQueue().size()).isZero();
    }

    private List<AccessEntry> peoplesEntries() {
        return access.aws().eks().entries().stream()
                .filter(entry -> entry.groups().isEmpty())
                .toList();
    }

    private WorkspaceMessage alarmMessage() {
        return access.workspace().messages(AlarmsSandbox.ALARMS_CHANNEL).getFirst();
    }

    private interface Chapter {
        void happens() throws Exception;
    }

    /** Runs a chapter of this test; if the chapter fails, prefixes the failure's message with the chapter's title. */
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
