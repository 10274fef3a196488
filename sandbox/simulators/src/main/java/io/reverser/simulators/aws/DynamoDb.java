package io.reverser.simulators.aws;

import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBRequestHandler;
import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBServerHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** The real thing, DynamoDB Local, behind the endpoint that can fail. */
final class DynamoDb implements Service, AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Held, so that its level stays: it would warn about a library that nothing here needs. */
    private static final Logger CODEC = Logger.getLogger("com.amazonaws.util.Base64");

    private final Server server;
    private final LocalDynamoDBRequestHandler handler;
    private final URI uri;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private DynamoDb(Server server, LocalDynamoDBRequestHandler handler) {
        this.server = server;
        this.handler = handler;
        this.uri = URI.create("http://127.0.0.1:" + ((ServerConnector) server.getConnectors()[0]).getLocalPort());
    }

    static DynamoDb start() {
        CODEC.setLevel(Level.SEVERE);
        try {
            var server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            var handler = new LocalDynamoDBRequestHandler(0, true, null, true, false);
            server.setHandler(new LocalDynamoDBServerHandler(handler, null));
            server.start();
            return new DynamoDb(server, handler);
        } catch (Exception failure) {
            throw new IllegalStateException("DynamoDB Local did not start", failure);
        }
    }

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
            var request = HttpRequest.newBuilder(uri)
                    .header("Content-Type", "application/x-amz-json-1.0")
                    .header("X-Amz-Target", target)
                    .header(
                            "Authorization",
                            "AWS4-HMAC-SHA256 Credential=sandbox/20260101/eu-central-1/dynamodb/aws4_request,"
                                    + " SignedHeaders=host, Signature=0")
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
        try {
            server.stop();
            handler.shutdown();
        } catch (Exception failure) {
            throw new IllegalStateException("DynamoDB Local did not stop", failure);
        }
    }
}
