package io.reverser.runner;

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
 * A reverser in a process of its own.
 *
 * @param log what it prints
 */
public record RunningReverser(Process process, Ports ports, Path log) implements AutoCloseable {

    private static final Pattern EXCEPTION = Pattern.compile("(?:Caused by: |\\s*)[\\w.$]+(?:Exception|Error): (.*)");
    private static final Duration TO_START = Duration.ofSeconds(60);
    private static final Duration TO_STOP = Duration.ofSeconds(30);
    /** As the Deployment has it. */
    private static final Duration PROBE = Duration.ofSeconds(2);

    RunningReverser awaitReady() {
        long deadline = System.nanoTime() + TO_START.toNanos();
        try (var http = HttpClient.newHttpClient()) {
            while (!isReady(http)) {
                if (!process.isAlive()) {
                    throw end();
                }
                if (System.nanoTime() > deadline) {
                    close();
                    throw new SandboxFailure(
                            "The reverser was not ready after " + TO_START.toSeconds() + " s: " + lastWords());
                }
            }
        }
        return this;
    }

    /** Why it ended. */
    SandboxFailure end() {
        return new SandboxFailure("The reverser ended with exit code " + process.exitValue() + ": " + lastWords());
    }

    /** Asks it to stop, as Kubernetes does, and returns when it has. */
    public int stop() {
        process.destroy();
        try {
            if (!process.waitFor(TO_STOP.toSeconds(), TimeUnit.SECONDS)) {
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

    /** What its readiness probe finds. */
    boolean isReady(HttpClient http) {
        var request = HttpRequest.newBuilder(ports.managementAddress().resolve("/q/health/ready"))
                .timeout(PROBE)
                .build();
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SandboxFailure("Interrupted while the reverser started", interrupted);
        }
    }

    /** The message of the innermost exception that it printed, else its last line. */
    private String lastWords() {
        try {
            var lines = Files.readAllLines(log);
            return lines.stream()
                            .map(EXCEPTION::matcher)
                            .filter(Matcher::matches)
                            .map(exception -> exception.group(1))
                            .reduce((outer, inner) -> inner)
                            .orElse(lines.isEmpty() ? "without a word" : lines.getLast())
                    + " (its log: " + log + ")";
        } catch (IOException unreadable) {
            return "its log cannot be read: " + log;
        }
    }
}
