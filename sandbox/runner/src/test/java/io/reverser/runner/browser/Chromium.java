package io.reverser.runner.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Playwright.CreateOptions;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/**
 * A real browser: an installed one if there is one; otherwise Debian's, if this machine allows the installation;
 * otherwise the one that Playwright downloads. If none of them works, the test is skipped with a message.
 */
public final class Chromium implements AutoCloseable {

    private static final List<Path> INSTALL_PATHS = List.of(
            Path.of("/usr/bin/chromium"),
            Path.of("/usr/bin/chromium-browser"),
            Path.of("/usr/bin/google-chrome"),
            Path.of("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"));

    /** The default timeout of browser actions and assertions. */
    public static final double TIMEOUT_MS = 60_000;

    public final Browser browser;
    private final Playwright playwright;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    static Chromium launch() {
        PlaywrightAssertions.setDefaultAssertionTimeout(TIMEOUT_MS);
        Optional<Path> installed = findInstalled().or(Chromium::installFromDebian);
        var playwright = Playwright.create(new CreateOptions()
                .setEnv(installed.isPresent() ? Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1") : Map.of()));
        var options = new LaunchOptions()
                .setArgs(List.of("--no-sandbox", "--disable-background-networking", "--disable-component-update"));
        installed.ifPresent(options::setExecutablePath);
        try {
            return new Chromium(playwright, playwright.chromium().launch(options));
        } catch (PlaywrightException unavailable) {
            playwright.close();
            return Assumptions.abort(
                    "No browser: none is installed, Debian's cannot be installed, and Playwright's cannot be downloaded ("
                            + String.valueOf(unavailable.getMessage())
                                    .lines()
                                    .findFirst()
                                    .orElse("") + ")");
        }
    }

    @Override
    public void close() {
        playwright.close();
    }

    private static Optional<Path> findInstalled() {
        return INSTALL_PATHS.stream().filter(Files::isExecutable).findFirst();
    }

    private static Optional<Path> installFromDebian() {
        boolean possible = Files.isExecutable(Path.of("/usr/bin/apt-get"))
                && System.getProperty("user.name").equals("root");
        return possible && run("update") && run("install", "-y", "--no-install-recommends", "chromium")
                ? findInstalled()
                : Optional.empty();
    }

    private static boolean run(String... arguments) {
        var command = new ArrayList<>(List.of("apt-get", "-q"));
        command.addAll(List.of(arguments));
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(Path.of("target", "apt-get.log").toFile())
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException | InterruptedException failure) {
            System.err.println("apt-get " + String.join(" ", arguments) + ": " + failure.getMessage());
            return false;
        }
    }
}
