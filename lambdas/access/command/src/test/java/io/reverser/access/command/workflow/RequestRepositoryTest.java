package io.reverser.access.command.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.reverser.access.policy.RequestedAccess;
import io.reverser.access.request.AuditRecord;
import io.reverser.access.request.Request;
import io.reverser.access.request.Request.Pending;
import io.reverser.access.request.RequestDetails;
import io.reverser.access.request.RequestId;
import io.reverser.access.request.RequestTable;
import io.reverser.access.request.RequestWrite;
import io.reverser.awsjsonclient.AwsCredentialsCache;
import io.reverser.awsjsonclient.AwsEnvironment;
import io.reverser.awsjsonclient.AwsJsonClient;
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
 * Tests transaction conflicts: DynamoDB rejects all but one of several concurrent transactions on the same item, even
 * if their conditions hold. DynamoDB Local never reports such conflicts, so this test uses an HTTP server that rejects
 * a given number of transactions.
 */
class RequestRepositoryTest {

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

    /**
     * Regression: after repeated transaction conflicts, the user got a confirmation although the request was not
     * stored.
     */
    @ParameterizedTest
    @CsvSource({"0, Done", "1, Done", "14, Done", "15, Busy", "99, Busy"})
    void confirmsARequestOnlyWhenItIsStored(int howOften, String reply) {
        conflicts.set(howOften);
        var access = new RequestedAccess(
                "U0ADA", "prod", "view", new TreeSet<>(), Optional.empty(), "the basket is slow", Optional.empty());
        Request pending = new Pending(
                new RequestDetails(RequestId.fromIdempotencyKey("a"), access, NOON),
                List.of(),
                NOON.plusSeconds(60),
                false);
        assertThat(new RequestRepository(table())
                        .create(
                                RequestWrite.create(pending),
                                new UserAction("U0ADA", "a", NOON, Optional.empty()),
                                AuditRecord.Action.REQUEST)
                        .getClass()
                        .getSimpleName())
                .isEqualTo(reply);
    }

    private RequestTable table() {
        var environment = new AwsEnvironment(
                "eu-central-1",
                Optional.of(URI.create("http://127.0.0.1:" + dynamo.getAddress().getPort())),
                Optional.of(new AwsCredentialsCache.AccessKey("access-command", "secret", Optional.empty())),
                Optional.empty());
        return new RequestTable(new AwsJsonClient(environment), "access", InstantSource.fixed(NOON));
    }
}
