package io.reverser.simulators.aws;

import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBRequestHandler;
import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBServerHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The real thing, DynamoDB Local, behind the endpoint that can fail. All of them in a process share one server, because
 * several would stumble over one another; each has an account, and so tables, of its own.
 */
final class DynamoDb implements Service, AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicInteger ACCOUNTS = new AtomicInteger();

    /** Held, so that its level stays: it would warn about a library that nothing here needs. */
    private static final Logger CODEC = Logger.getLogger("com.amazonaws.util.Base64");

    private final String authorization =
            "AWS4-HMAC-SHA256 Credential=sandbox%d/20260101/eu-central-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0"
                    .formatted(ACCOUNTS.incrementAndGet());
    /** Starts the server, if nobody did: no call of somebody who waits is to pay for it. */
    private final URI address = Shared.ADDRESS;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Override
    public String name() {
        return "DynamoDB";
    }

    @Override
    public String operation(String method, List<String> path) {
        return "Unknown";
    }

    @Override
    public JsonNode answer(Call call) {
        return call("DynamoDB_20120810." + call.operation(), call.body());
    }

    JsonNode call(String target, JsonNode body) {
        try {
            var request = HttpRequest.newBuilder(address)
                    .header("Content-Type", "application/x-amz-json-1.0")
                    .header("X-Amz-Target", target)
                    .header("Authorization", authorization)
                    .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                    .build();
            var response = http.send(request, BodyHandlers.ofString());
            JsonNode answer = JSON.readTree(response.body());
            if (response.statusCode() != 200) {
                throw new AwsError(response.statusCode(), answer.path("__type").asText(), answer);
            }
            return answer;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() {
        http.close();
    }

    /** Starts when it is first needed, and runs as long as the process. */
    private static final class Shared {

        private static final URI ADDRESS = start();

        private static URI start() {
            CODEC.setLevel(Level.SEVERE);
            try {
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
    }
}
