package io.reverser.simulators.kubernetes.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.reverser.simulators.TestAuthority;
import io.reverser.simulators.aws.AccessEntry;
import io.reverser.simulators.aws.AwsEndpoint;
import io.reverser.simulators.aws.AwsError;
import io.reverser.simulators.aws.Faults;
import io.reverser.simulators.aws.Faults.Fault;
import io.reverser.simulators.kubernetes.KubernetesCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;

/**
 * The API server of an EKS cluster. Whoever calls needs a token that his access key signed, an access entry, and rights. Calls
 * are named like {@code Kubernetes.GetDeployment} where faults are planned.
 */
public final class KubernetesApi implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BEARER = "Bearer ";
    private static final String SESSION = "sandbox";

    private final HttpsServer server;
    private final String name;
    private final AwsEndpoint aws;
    private final ClusterObjects objects;
    private final TokenReview tokens;
    private final Queue<String> refusals = new ConcurrentLinkedQueue<>();

    private KubernetesApi(HttpsServer server, String name, KubernetesCluster cluster, AwsEndpoint aws) {
        this.server = server;
        this.name = name;
        this.aws = aws;
        this.objects = new ClusterObjects(cluster);
        this.tokens = new TokenReview(name, aws.clock());
    }

    /**
     * Starts it on a free loopback port.
     *
     * @param name of a cluster that EKS has; EKS tells from now on where this is
     * @param aws whose access entries, clock and faults count
     */
    public static KubernetesApi start(
            String name, KubernetesCluster cluster, AwsEndpoint aws, TestAuthority authority) {
        try {
            var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(authority.server().sslContext()));
            var api = new KubernetesApi(server, name, cluster, aws);
            server.createContext("/", api::serve);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
            aws.eks().attach(name, api.uri(), authority.pem());
            return api;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Where it is. */
    public URI uri() {
        return URI.create("https://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Tells it of an access key, and of the role or user whose it is. */
    public void know(String accessKey, String secretKey, String principalArn) {
        tokens.know(new AccessKey(accessKey, secretKey, principalArn));
    }

    /** Why callers were refused, which they were not told; oldest first. */
    public List<String> refusals() {
        return List.copyOf(refusals);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Optional<ApiRequest> request = ApiRequest.of(exchange.getRequestMethod(), exchange.getRequestURI());
            String call = "Kubernetes." + request.map(ClusterObjects::operation).orElse("Unknown");
            Optional<Fault> fault = aws.faults().next(call);
            Optional<AwsError> refusal = aws.faults().refusal(call);
            if (refusal.isPresent()) {
                send(
                        exchange,
                        new ApiError(refusal.get().status(), refusal.get().code(), "Refused by a test"));
            } else if (fault.equals(Optional.of(Fault.FAILS_BEFORE))) {
                send(exchange, failure());
            } else if (fault.equals(Optional.of(Fault.THROTTLES))) {
                exchange.getResponseHeaders().set("Retry-After", "1");
                send(exchange, new ApiError(429, "TooManyRequests", "too many requests, please try again later"));
            } else if (!fault.equals(Optional.of(Fault.CUT_BEFORE))) {
                answer(exchange, request, body, new Planned(call, fault));
            }
        }
    }

    /** A call, and what goes wrong with it after it took effect. */
    private record Planned(String call, Optional<Fault> fault) {}

    private void answer(HttpExchange exchange, Optional<ApiRequest> request, byte[] body, Planned planned)
            throws IOException {
        try {
            JsonNode answer = answer(exchange, request, body);
            aws.faults().tookEffect(planned.call());
            if (planned.fault().equals(Optional.of(Fault.FAILS_AFTER))) {
                send(exchange, failure());
            } else if (planned.fault().equals(Optional.of(Fault.NEVER_ANSWERS))) {
                Faults.neverAnswer();
            } else if (planned.fault().isEmpty()) {
                send(exchange, 200, answer);
            }
        } catch (ApiError error) {
            refusals.add(String.valueOf(error.getMessage()));
            send(exchange, error);
        }
    }

    private JsonNode answer(HttpExchange exchange, Optional<ApiRequest> request, byte[] body) {
        AccessEntry caller = caller(header(exchange, "Authorization"));
        ApiRequest asked = request.orElseThrow(
                () -> new ApiError(404, "NotFound", "the server could not find the requested resource"));
        if (!Rights.allow(caller, asked)) {
            throw ApiError.forbidden(caller.username().replace("{{SessionName}}", SESSION), asked);
        }
        return objects.answer(asked, header(exchange, "Content-Type").replaceFirst(";.*", ""), body);
    }

    private AccessEntry caller(String authorization) {
        if (!authorization.startsWith(BEARER)) {
            throw ApiError.unauthorized("no bearer token");
        }
        AccessKey key = tokens.review(authorization.substring(BEARER.length()));
        return aws.eks()
                .find(name, key.principalArn())
                .orElseThrow(() -> ApiError.unauthorized("no access entry for " + key.principalArn()));
    }

    private static ApiError failure() {
        return new ApiError(500, "InternalError", "Internal error occurred");
    }

    private static String header(HttpExchange exchange, String header) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(header))
                .orElse("");
    }

    private static void send(HttpExchange exchange, ApiError error) throws IOException {
        send(exchange, error.code(), error.status());
    }

    private static void send(HttpExchange exchange, int status, JsonNode body) throws IOException {
        byte[] content = JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, content.length);
        exchange.getResponseBody().write(content);
    }
}
