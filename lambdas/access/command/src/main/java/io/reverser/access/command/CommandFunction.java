package io.reverser.access.command;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The Lambda entry point of the command function. It is plain Java, because starting a framework would take longer than
 * everything else before the first response; docs/adr/0027 has the figures. During the init phase, Lambda gives a
 * function a full vCPU, but during an invocation only a share in proportion to its memory size; therefore the
 * constructor primes the function.
 */
public final class CommandFunction implements RequestStreamHandler {

    private static final byte[] PRIMING_EVENT =
            "{\"requestContext\":{\"http\":{\"method\":\"GET\"}}}".getBytes(StandardCharsets.UTF_8);

    private final CommandHandler handler;
    private final ObjectMapper json;

    /**
     * Creates the function's components and primes the function.
     *
     * @throws RuntimeException if a setting is wrong; the message says which one, and why
     */
    public CommandFunction() {
        handler = new CommandHandler(CommandComponents.from(System.getenv()));
        json = new ObjectMapper();
        primeEventPath();
    }

    @Override
    public void handleRequest(InputStream event, OutputStream response, Context context) throws IOException {
        respond(event, response);
    }

    /**
     * Primes the handling of events by sending one event through the whole function: an unsigned request, which is
     * rejected without a log entry.
     */
    private void primeEventPath() {
        try {
            respond(new ByteArrayInputStream(PRIMING_EVENT), OutputStream.nullOutputStream());
        } catch (IOException neverFromMemory) {
            throw new UncheckedIOException(neverFromMemory);
        }
    }

    private void respond(InputStream event, OutputStream response) throws IOException {
        json.writeValue(response, handler.handle(json.readTree(event)).toJson());
    }
}
