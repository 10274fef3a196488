package io.reverser.access.command;

import io.quarkus.amazon.lambda.runtime.QuarkusStreamHandler;
import io.quarkus.runtime.Quarkus;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/**
 * What Lambda starts. Quarkus would start its application with the first request, on the share of a processor that the
 * function's memory pays for; here it starts with the process, to which Lambda gives a whole one, and meanwhile the
 * function is primed.
 */
public final class CommandFunction extends QuarkusStreamHandler {

    private static final CompletableFuture<CommandComponents> COMPONENTS = new CompletableFuture<>();

    /** Starts everything. */
    public CommandFunction() {
        Thread priming = Thread.ofPlatform().start(CommandFunction::prime);
        super();
        Quarkus.manualStart();
        primeEventPath();
        join(priming);
    }

    /** The way of an event through Quarkus; a request that asks for nothing is refused without a word. */
    private void primeEventPath() {
        try {
            byte[] event = "{\"requestContext\":{\"http\":{\"method\":\"GET\"}}}".getBytes(StandardCharsets.UTF_8);
            handleRequest(new ByteArrayInputStream(event), OutputStream.nullOutputStream(), null);
        } catch (IOException neverFromMemory) {
            throw new UncheckedIOException(neverFromMemory);
        }
    }

    static CommandComponents components() {
        return COMPONENTS.join();
    }

    private static void prime() {
        try {
            CommandComponents components = CommandComponents.from(System.getenv());
            COMPONENTS.complete(components);
            components.priming().prime(components.clock().instant());
        } catch (RuntimeException invalidConfig) {
            COMPONENTS.completeExceptionally(invalidConfig);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
