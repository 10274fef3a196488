package io.reverser.runner.process;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A reverser that runs in a separate process.
 *
 * @param log the file with the output of the process
 */
public record RunningReverser(Process process, Ports ports, Path log) implements AutoCloseable {

    private static final Pattern EXCEPTION = Pattern.compile("(?:Caused by: |\\s*)[\\w.$]+(?:Exception|Error): (.*)");
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);
    /** The timeout of one readiness probe. */
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(2);

    RunningReverser awaitReady() {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        try (var http = HttpClient.newHttpClient()) {
            while (!isReady(http)) {
                if (!process.isAlive()) {
                    throw exitException();
                }
                if (System.nanoTime() > deadline) {
                    close();
                    throw new SandboxException(
                            "The reverser was not ready after " + START_TIMEOUT.toSeconds() + " s: " + lastError());
                }
                PollInterval.sleep("the reverser was ready");
            }
        }
        return this;
    }

    /** An exception that states why the reverser exited. */
    public SandboxException exitException() {
        return new SandboxException("The reverser ended with exit code " + process.exitValue() + ": " + lastError());
    }

    /** Sends SIGTERM to the reverser, as Kubernetes does, and waits until the process has exited. */
    public int stop() {
        return stop(STOP_TIMEOUT);
    }

    /** Sends SIGTERM to the reverser, waits until the process has exited, and kills it after a timeout. */
    int stop(Duration timeout) {
        process.destroy();
        try {
            if (!process.waitFor(timeout.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            return process.waitFor();
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    @Override
    public void close() {
        stop();
    }

    /** Whether the reverser's readiness probe succeeds. */
    public boolean isReady(HttpClient http) {
        var request = HttpRequest.newBuilder(ports.managementAddress().resolve("/q/health/ready"))
                .timeout(PROBE_TIMEOUT)
                .build();
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SandboxException("Interrupted while the reverser started", interrupted);
        }
    }

    /** The message of the innermost exception in the reverser's log, or the last line of the log. */
    private String lastError() {
        try {
            var lines = Files.readAllLines(log);
            return lines.stream()
                            .map(EXCEPTION::matcher)
                            .filter(Matcher::matches)
                            .map(exception -> exception.group(1))
                            .reduce((outer, inner) -> inner)
                            .orElse(lines.isEmpty() ? "with no output" : lines.getLast())
                    + " (its log: " + log + ")";
        } catch (IOException unreadable) {
            return "cannot read its log: " + log;
        }
    }
}
