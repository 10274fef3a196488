package io.reverser.runner;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.reverser.rotation.plan.Strategy;
import io.reverser.runner.workspace.Parts;
import io.reverser.runner.workspace.WorkspacePage;
import io.reverser.simulators.EmbeddedDatabase;
import io.reverser.simulators.TestAuthority;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.awaitility.Awaitility;

/** Somebody in front of the workspace's page, in a real browser, with the packaged functions behind it. */
final class WorkspaceVisitor implements AutoCloseable {

    static final double PATIENCE_MS = 15_000;

    private static final Path REPOSITORY = Path.of("..", "..");
    private static final Path HOME = Path.of("target", "it");
    private static final Path PICTURES = Path.of(System.getProperty("screenshots", "target/screenshots"));

    final AccessSandbox access;
    final AlarmsSandbox alarms;
    final WorkspacePage served;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final Chromium chromium;
    private Page page;

    /** Of cluster access and alarms. */
    WorkspaceVisitor(Chromium chromium) {
        this(chromium, (access, parts) -> Optional.empty());
    }

    private WorkspaceVisitor(Chromium chromium, Rotation rotation) {
        this.chromium = chromium;
        access = add(AccessSandbox.start(REPOSITORY, HOME.resolve("access-" + System.nanoTime())));
        alarms = add(
                AlarmsSandbox.start(REPOSITORY, HOME.resolve("alarms-" + System.nanoTime()), access.surroundings()));
        served = add(WorkspacePage.start(0, new Parts(access, alarms, rotation.start(access, this))));
        page = open(ColorScheme.LIGHT, 1360, 860);
    }

    private interface Rotation {
        Optional<Parts.Rotating> start(AccessSandbox access, WorkspaceVisitor visitor);
    }

    /** Of the database password as well, on a day on which no window is open. */
    static WorkspaceVisitor ofRotation(Chromium chromium) {
        return new WorkspaceVisitor(chromium, (access, visitor) -> {
            RotationStage.toWednesday(access.aws().clock());
            var database = visitor.add(
                    EmbeddedDatabase.start(HOME.resolve("mariadb"), TestAuthority.create(HOME.resolve("authority"))));
            var choice = new RotationSandbox.Choice(database, Strategy.ALTERNATING_USERS, 0);
            var rotation = visitor.add(RotationSandbox.start(
                    REPOSITORY, HOME.resolve("rotation-" + System.nanoTime()), access.surroundings(), choice));
            var traffic = visitor.add(Traffic.start(rotation.cluster().port()));
            return Optional.of(new Parts.Rotating(rotation, traffic));
        });
    }

    private <T extends AutoCloseable> T add(T part) {
        parts.push(part);
        return part;
    }

    /** Looks at it from another screen. */
    void lookFrom(ColorScheme scheme, int width, int height) {
        page.context().close();
        page = open(scheme, width, height);
    }

    /** Waits until the app answers in time; its first start on a busy machine may take longer than Slack waits. */
    void awaitCommand() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .ignoreExceptions()
                .until(() ->
                        !access.app().slash("U0ADA", "/cluster-access", "help").isMissingNode());
    }

    Page page() {
        return page;
    }

    void type(String line) {
        page.getByLabel("Message").fill(line);
        page.getByLabel("Message").press("Enter");
    }

    /** Presses a button of the modal. */
    void press(String button) {
        dialog().getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(button).setExact(true))
                .click();
    }

    /** Clicks a button anywhere, by its whole name. */
    void click(String button) {
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(button).setExact(true))
                .click();
    }

    void become(String person) {
        page.getByRole(AriaRole.RADIO, new GetByRoleOptions().setName(person)).click();
    }

    void room(String name) {
        page.locator("#rooms button", new Page.LocatorOptions().setHasText(name))
                .click();
    }

    Locator dialog() {
        return page.locator("dialog");
    }

    Locator messages() {
        return page.locator("#messages");
    }

    Locator entries() {
        return page.locator("#entries");
    }

    static void shown(Locator where, String text) {
        assertThat(where).containsText(text, new ContainsTextOptions().setTimeout(PATIENCE_MS));
    }

    void picture(String name) {
        page.screenshot(new ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
    }

    @Override
    public void close() {
        page.context().close();
        for (AutoCloseable part : parts) {
            try {
                part.close();
            } catch (Exception failure) {
                throw new IllegalStateException(failure);
            }
        }
    }

    private Page open(ColorScheme scheme, int width, int height) {
        Page opened = chromium.browser
                .newContext(new NewContextOptions().setColorScheme(scheme).setViewportSize(width, height))
                .newPage();
        opened.setDefaultTimeout(PATIENCE_MS);
        opened.navigate(served.uri().toString());
        return opened;
    }
}
