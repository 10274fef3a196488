package io.reverser.access.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.reverser.access.policy.Wish;
import io.reverser.access.request.Ask;
import io.reverser.access.request.Audit;
import io.reverser.access.request.Change;
import io.reverser.access.request.Request;
import io.reverser.access.request.Request.Pending;
import io.reverser.access.request.RequestId;
import io.reverser.access.request.RequestTable;
import io.reverser.aws.AwsApi;
import io.reverser.aws.AwsCredentials;
import io.reverser.aws.AwsSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Writes that meet others: DynamoDB refuses all but one of them, whatever their conditions say. DynamoDB Local never does,
 * so here is a table that does nothing else.
 */
class LedgerTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final String CONFLICT =
            "{\"__type\":\"TransactionCanceledException\",\"CancellationReasons\":[{\"Code\":\"TransactionConflict\"},"
                    + "{\"Code\":\"None\"},{\"Code\":\"None\"}]}";

    private final AtomicInteger conflicts = new AtomicInteger();
    private HttpServer dynamo;

    @BeforeEach
    void open() throws IOException {
        dynamo = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        dynamo.createContext("/", exchange -> {
            boolean write =
                    exchange.getRequestHeaders().getFirst("x-amz-target").endsWith("TransactWriteItems");
            boolean conflict = write && conflicts.getAndDecrement() > 0;
            byte[] answer = (conflict ? CONFLICT : "{}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(conflict ? 400 : 200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        dynamo.start();
    }

    @AfterEach
    void close() {
        dynamo.stop(0);
    }

    /** It used to say that a request was made of which nothing was written. */
    @ParameterizedTest
    @CsvSource({"0, Done", "1, Done", "14, Done", "15, Busy", "99, Busy"})
    void saysThatARequestIsMadeOnlyWhenItIs(int howOften, String reply) {
        conflicts.set(howOften);
        var wish = new Wish(
                "U0ADA", "prod", "view", new TreeSet<>(), Optional.empty(), "the basket is slow", Optional.empty());
        Request pending = new Pending(new Ask(RequestId.of("a"), wish, NOON), List.of(), NOON.plusSeconds(60), false);
        assertThat(new Ledger(table())
                        .create(
                                Change.create(pending),
                                new Act("U0ADA", "a", NOON, Optional.empty()),
                                Audit.Action.REQUEST)
                        .getClass()
                        .getSimpleName())
                .isEqualTo(reply);
    }

    private RequestTable table() {
        var settings = new AwsSettings(
                "eu-central-1",
                Optional.of(URI.create("http://127.0.0.1:" + dynamo.getAddress().getPort())),
                Optional.of(new AwsCredentials.Key("command", "secret", Optional.empty())),
                Optional.empty());
        return new RequestTable(new AwsApi(settings), "access", InstantSource.fixed(NOON));
    }
}
