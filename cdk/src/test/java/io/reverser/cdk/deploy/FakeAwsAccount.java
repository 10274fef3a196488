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
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/**
 * An HTTP server in place of AWS, Slack and GitHub, with prepared responses in the format of their API references. The
 * operations of Slack and GitHub are paths like {@code /slack/auth.test}.
 */
final class FakeAwsAccount implements AutoCloseable {

    /** What distinguishes the calls of an operation, in JSON. */
    private static final Pattern JSON_KEY =
            Pattern.compile("\"(?:SecretId|Name|Identifier|QuotaCode)\"\\s*:\\s*\"([^\"]*)\"");
    /** What distinguishes the calls of an operation, in a form. */
    private static final List<String> FORM_KEYS = List.of("StackName", "RoleName", "UserName", "channel");

    private record CannedResponse(int status, Map<String, String> headers, String body) {}

    /** A call, for responses that depend on it.
     *
     * @param path with the principal's ARN as the caller encoded it
     */
    record Call(String method, String path, String body) {}

    record Response(int status, String body) {}

    private final Map<String, CannedResponse> responses = new HashMap<>();
    private final Map<String, Function<Call, Response>> handlers = new HashMap<>();
    private final List<String> operations = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    FakeAwsAccount() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Sets the response to an operation like {@code GetParameter}, or only to its calls with a key, as in {@code GetRole admin}. */
    FakeAwsAccount respond(String operation, int status, String body) {
        return respond(operation, status, Map.of(), body);
    }

    FakeAwsAccount respond(String operation, int status, Map<String, String> headers, String body) {
        responses.put(operation, new CannedResponse(status, headers, body));
        return this;
    }

    /** Computes the responses to an operation, or to a path that begins with it. */
    FakeAwsAccount handle(String operation, Function<Call, Response> handler) {
        handlers.put(operation, handler);
        return this;
    }

    /** The operations that were called, in order. */
    List<String> operations() {
        return operations;
    }

    /** The header {@code Authorization} of the calls to Slack and GitHub, in order. */
    List<String> authorizations() {
        return authorizations;
    }

    AwsAccount account() {
        return new AwsAccount(
                Region.EU_CENTRAL_1,
                StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "not-a-secret")),
                Optional.of(url("/")));
    }

    URI url(String path) {
        return URI.create("http://localhost:" + server.getAddress().getPort() + path);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        String path = exchange.getRequestURI().getPath();
        String operation =
                !path.equals("/") ? path : target == null ? field(body, "Action") : target.replaceFirst(".*\\.", "");
        operations.add(operation);
        if (!path.equals("/")) {
            authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        }
        Optional<Function<Call, Response>> handler = handlers.entrySet().stream()
                .filter(known -> known.getKey().startsWith("/")
                        ? operation.startsWith(known.getKey())
                        : operation.equals(known.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
        if (handler.isPresent()) {
            Response response = handler.get()
                    .apply(new Call(
                            exchange.getRequestMethod(),
                            exchange.getRequestURI().getRawPath(),
                            body));
            send(exchange, new CannedResponse(response.status(), Map.of(), response.body()));
            return;
        }
        String key = operation + " " + (target == null ? formKey(body) : jsonKey(body));
        CannedResponse response = Optional.ofNullable(responses.get(key))
                .or(() -> Optional.ofNullable(responses.get(operation)))
                .orElseGet(() -> new CannedResponse(501, Map.of(), "no answer to " + key));
        send(exchange, response);
    }

    private static void send(HttpExchange exchange, CannedResponse response) throws IOException {
        byte[] bytes = response.body().getBytes(StandardCharsets.UTF_8);
        response.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(response.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String jsonKey(String json) {
        Matcher key = JSON_KEY.matcher(json);
        return key.find() ? key.group(1) : "";
    }

    private static String formKey(String form) {
        return FORM_KEYS.stream()
                .map(name -> field(form, name))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** The fields of a form. */
    static Map<String, String> parseForm(String form) {
        return Arrays.stream(form.split("&", -1))
                .map(pair -> URLDecoder.decode(pair, StandardCharsets.UTF_8).split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    static String field(String form, String name) {
        return Arrays.stream(form.split("&", -1))
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8))
                .findFirst()
                .orElse("");
    }
}
