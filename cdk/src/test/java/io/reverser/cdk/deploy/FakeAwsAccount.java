package io.reverser.cdk.deploy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/** An HTTP server in place of AWS, with prepared responses in the format of AWS's API references. */
final class FakeAwsAccount implements AutoCloseable {

    private record CannedResponse(int status, String body) {}

    private final Map<String, CannedResponse> responses = new HashMap<>();
    private final List<String> operations = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    FakeAwsAccount() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Sets the response to an operation like {@code GetParameter}. */
    FakeAwsAccount respond(String operation, int status, String body) {
        responses.put(operation, new CannedResponse(status, body));
        return this;
    }

    /** The operations that were called, in order. */
    List<String> operations() {
        return operations;
    }

    AwsAccount account() {
        return new AwsAccount(
                Region.EU_CENTRAL_1,
                StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "not-a-secret")),
                Optional.of(URI.create("http://localhost:" + server.getAddress().getPort())));
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        String operation = target == null ? field(body, "Action") : target.replaceFirst(".*\\.", "");
        operations.add(operation);
        String key = operation + " " + (target == null ? field(body, "StackName") : secret(body));
        CannedResponse response = Optional.ofNullable(responses.get(key))
                .or(() -> Optional.ofNullable(responses.get(operation)))
                .orElseGet(() -> new CannedResponse(500, "no answer to " + key));
        byte[] bytes = response.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(response.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String secret(String json) {
        return json.replaceFirst(".*\"(?:SecretId|Name)\":\"([^\"]*)\".*", "$1");
    }

    private static String field(String form, String name) {
        return Arrays.stream(form.split("&"))
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8))
                .findFirst()
                .orElse("");
    }
}
