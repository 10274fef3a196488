package io.reverser.simulators.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.reverser.clock.MovableClock;
import io.reverser.simulators.aws.Faults.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** All of AWS at one address of this machine. Which service is meant, the signature of each request says. */
public final class AwsEndpoint implements AutoCloseable {

    private static final Pattern SCOPE =
            Pattern.compile("AWS4-HMAC-SHA256 Credential=([^/]+)/\\d{8}/[^/]+/([^/]+)/aws4_request.*");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper CBOR = new CBORMapper();
    private static final String CBOR_TYPE = "application/cbor";

    private final HttpServer server;
    private final Faults faults = new Faults();
    private final MovableClock clock;
    private final DynamoDb dynamoDb = new DynamoDb();
    private final Eks eks;
    private final Scheduler scheduler;
    private final SecretsManager secrets = new SecretsManager();
    private final RdsData rdsData = new RdsData();
    private final Sqs sqs;
    private final CloudWatch cloudWatch;
    private final Map<String, Service> services;

    private AwsEndpoint(HttpServer server, MovableClock clock) {
        this.server = server;
        this.clock = clock;
        this.eks = new Eks(clock);
        this.scheduler = new Scheduler(clock);
        this.sqs = new Sqs(clock);
        this.cloudWatch = new CloudWatch(clock);
        this.services = Map.of(
                "sqs",
                sqs,
                "monitoring",
                cloudWatch,
                "eks",
                eks,
                "scheduler",
                scheduler,
                "secretsmanager",
                secrets,
                "dynamodb",
                dynamoDb,
                "rds-data",
                rdsData);
    }

    /** Starts it on a free loopback port, with nothing in it, and with a clock of its own. */
    public static AwsEndpoint start() {
        try {
            Path file = Files.createTempFile("clock", "");
            var clock = new MovableClock(file);
            Files.delete(file);
            return start(clock);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Starts it on a free loopback port, with nothing in it. */
    public static AwsEndpoint start(MovableClock clock) {
        try {
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            var endpoint = new AwsEndpoint(HttpServer.create(address, 0), clock);
            endpoint.server.createContext("/", endpoint::serve);
            endpoint.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            endpoint.server.start();
            return endpoint;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** For {@code AWS_ENDPOINT_URL}. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** What goes wrong, and the calls so far. */
    public Faults faults() {
        return faults;
    }

    /** The time in this AWS. */
    public MovableClock clock() {
        return clock;
    }

    /** Clusters and their access entries. */
    public Eks eks() {
        return eks;
    }

    /** EventBridge Scheduler. */
    public Scheduler scheduler() {
        return scheduler;
    }

    /** Creates a DynamoDB table from the input of CreateTable. */
    public void createTable(JsonNode definition) {
        dynamoDb.call("DynamoDB_20120810.CreateTable", definition);
    }

    /** Calls DynamoDB Streams, of DynamoDB Local, itself; no fault is in the way. */
    public JsonNode streams(String operation, JsonNode body) {
        return dynamoDb.call("DynamoDBStreams_20120810." + operation, body);
    }

    /** Secrets Manager. */
    public SecretsManager secrets() {
        return secrets;
    }

    /** The RDS Data API. */
    public RdsData rdsData() {
        return rdsData;
    }

    /** Queues. */
    public Sqs sqs() {
        return sqs;
    }

    /** Alarms. */
    public CloudWatch cloudWatch() {
        return cloudWatch;
    }

    @Override
    public void close() {
        server.stop(0);
        scheduler.close();
        dynamoDb.close();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Matcher scope = SCOPE.matcher(
                    Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                            .orElse(""));
            Service service = scope.matches() ? services.get(scope.group(2)) : null;
            if (service == null) {
                send(
                        exchange,
                        new AwsError(403, "MissingAuthenticationTokenException", "Missing Authentication Token"));
                return;
            }
            Call call = call(exchange, service, body, scope.group(1));
            serve(exchange, service, call, faults.next(service.name() + "." + call.operation()));
        }
    }

    private void serve(HttpExchange exchange, Service service, Call call, Optional<Fault> fault) throws IOException {
        String name = service.name() + "." + call.operation();
        Optional<AwsError> refusal = faults.refusal(name);
        if (refusal.isPresent()) {
            send(exchange, refusal.get());
            return;
        }
        var failure = new AwsError(500, "InternalServerError", "An internal error occurred");
        if (fault.equals(Optional.of(Fault.CUT_BEFORE))) {
            return;
        }
        if (fault.equals(Optional.of(Fault.FAILS_BEFORE))) {
            send(exchange, failure);
            return;
        }
        if (fault.equals(Optional.of(Fault.THROTTLES))) {
            send(exchange, new AwsError(429, "ThrottlingException", "Rate exceeded"));
            return;
        }
        try {
            JsonNode answer = service.answer(call);
            faults.tookEffect(name);
            if (fault.equals(Optional.of(Fault.FAILS_AFTER))) {
                send(exchange, failure);
            } else if (fault.equals(Optional.of(Fault.NEVER_ANSWERS))) {
                Faults.neverAnswer();
            } else if (fault.isEmpty()) {
                send(exchange, 200, answer, "");
            }
        } catch (AwsError error) {
            send(exchange, error);
        }
    }

    private static Call call(HttpExchange exchange, Service service, byte[] body, String caller) throws IOException {
        List<String> path = Arrays.stream(
                        exchange.getRequestURI().getRawPath().substring(1).split("/", -1))
                .map(AwsEndpoint::decoded)
                .toList();
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        String operation = target == null
                ? service.operation(exchange.getRequestMethod(), path)
                : target.substring(target.indexOf('.') + 1);
        JsonNode content =
                body.length == 0 ? MissingNode.getInstance() : mapper(exchange).readTree(body);
        return new Call(operation, path, query(exchange.getRequestURI()), content, caller);
    }

    private static Map<String, String> query(URI uri) {
        var query = new HashMap<String, String>();
        for (String pair : Optional.ofNullable(uri.getRawQuery()).orElse("").split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                query.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return query;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static void send(HttpExchange exchange, AwsError error) throws IOException {
        send(exchange, error.status(), error.body(), error.code());
    }

    private static void send(HttpExchange exchange, int status, JsonNode body, String errorType) throws IOException {
        byte[] content = mapper(exchange).writeValueAsBytes(body);
        if (isCbor(exchange)) {
            exchange.getResponseHeaders().set("Content-Type", CBOR_TYPE);
            exchange.getResponseHeaders().set("smithy-protocol", "rpc-v2-cbor");
        } else {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
        }
        if (!errorType.isEmpty()) {
            exchange.getResponseHeaders().set("x-amzn-ErrorType", errorType);
        }
        exchange.sendResponseHeaders(status, content.length);
        exchange.getResponseBody().write(content);
    }

    /** Newer SDK clients speak it to some services. */
    private static boolean isCbor(HttpExchange exchange) {
        return CBOR_TYPE.equals(exchange.getRequestHeaders().getFirst("Content-Type"))
                || exchange.getRequestHeaders().containsKey("smithy-protocol");
    }

    private static ObjectMapper mapper(HttpExchange exchange) {
        return isCbor(exchange) ? CBOR : JSON;
    }
}
