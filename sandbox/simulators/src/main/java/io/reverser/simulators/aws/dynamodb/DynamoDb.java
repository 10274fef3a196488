package io.reverser.simulators.aws.dynamodb;

import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBRequestHandler;
import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBServerHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reverser.simulators.aws.api.AwsError;
import io.reverser.simulators.aws.api.AwsRequest;
import io.reverser.simulators.aws.api.SimulatedApi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The real thing, DynamoDB Local, behind the endpoint that can fail. All of them in a process share one server, because
 * several would stumble over one another; each has an account, and so tables, of its own. An account that was closed is
 * used again, without its tables: the server never lets go of one, and each keeps five of its threads busy.
 */
public final class DynamoDb implements SimulatedApi, AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    public static final String TARGET_PREFIX = "DynamoDB_20120810.";
    private static final AtomicInteger ACCOUNT_COUNTER = new AtomicInteger();
    private static final Queue<Integer> FREE_ACCOUNTS = new ConcurrentLinkedQueue<>();

    /** Held, so that its level stays: it would warn about a library that nothing here needs. */
    private static final Logger CODEC_LOGGER = Logger.getLogger("com.amazonaws.util.Base64");

    private final int account = Optional.ofNullable(FREE_ACCOUNTS.poll()).orElseGet(ACCOUNT_COUNTER::incrementAndGet);
    private final String authorization =
            "AWS4-HMAC-SHA256 Credential=sandbox%d/20260101/eu-central-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0"
                    .formatted(account);
    /** Starts the server, if nobody did: no call of somebody who waits is to pay for it. */
    private final URI address = SharedServer.ADDRESS;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Read by whoever calls, so that none of them still writes when somebody else has the account. */
    private final ReadWriteLock closeLock = new ReentrantReadWriteLock();

    private boolean closed;

    @Override
    public String name() {
        return "DynamoDB";
    }

    @Override
    public String resolveOperation(String method, List<String> path) {
        return "Unknown";
    }

    @Override
    public JsonNode handle(AwsRequest request) {
        return call(TARGET_PREFIX + request.operation(), request.body());
    }

    public JsonNode call(String target, JsonNode body) {
        closeLock.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("This DynamoDB is closed");
            }
            return send(target, body);
        } finally {
            closeLock.readLock().unlock();
        }
    }

    private JsonNode send(String target, JsonNode body) {
        try {
            var request = HttpRequest.newBuilder(address)
                    .header("Content-Type", "application/x-amz-json-1.0")
                    .header("X-Amz-Target", target)
                    .header("Authorization", authorization)
                    .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                    .build();
            var response = http.send(request, BodyHandlers.ofString());
            JsonNode content = JSON.readTree(response.body());
            if (response.statusCode() != 200) {
                throw new AwsError(response.statusCode(), content.path("__type").asText(), content);
            }
            return content;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() {
        closeLock.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                send(TARGET_PREFIX + "ListTables", JSON.createObjectNode())
                        .path("TableNames")
                        .forEach(this::deleteTable);
                FREE_ACCOUNTS.add(account);
                http.close();
            }
        } finally {
            closeLock.writeLock().unlock();
        }
    }

    private void deleteTable(JsonNode table) {
        send(TARGET_PREFIX + "DeleteTable", JSON.createObjectNode().set("TableName", table));
    }

    /** Starts when it is first needed, and runs as long as the process. */
    private static final class SharedServer {

        private static final URI ADDRESS = start();

        private static URI start() {
            CODEC_LOGGER.setLevel(Level.SEVERE);
            try {
                System.setProperty("org.sqlite.tmpdir", nativeLibraryFolder().toString());
                var threads = new QueuedThreadPool();
                threads.setDaemon(true);
                var server = new Server(threads);
                var connector = new ServerConnector(server);
                connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
                server.addConnector(connector);
                server.setHandler(new LocalDynamoDBServerHandler(
                        new LocalDynamoDBRequestHandler(0, true, null, false, false), null));
                server.start();
                return URI.create("http://127.0.0.1:" + connector.getLocalPort());
            } catch (Exception failure) {
                throw new IllegalStateException("DynamoDB Local did not start", failure);
            }
        }

        /** Beside our own code, because hardened machines run nothing that lies in the folder for temporary files. */
        private static Path nativeLibraryFolder() throws IOException, URISyntaxException {
            var code = DynamoDb.class.getProtectionDomain().getCodeSource().getLocation();
            return Files.createDirectories(Path.of(code.toURI()).resolveSibling("native"));
        }
    }
}
