package io.reverser.simulators.kubernetes.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.reverser.simulators.aws.eks.AccessEntry;
import io.reverser.simulators.aws.endpoint.AwsEndpoint;
import io.reverser.simulators.fault.FaultInjector;
import io.reverser.simulators.fault.FaultInjector.Fault;
import io.reverser.simulators.fault.FaultInjector.Rejection;
import io.reverser.simulators.kubernetes.KubernetesCluster;
import io.reverser.simulators.tls.TestAuthority;
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
 * The API server of an EKS cluster. A caller needs three things: a token that is signed with a registered access key,
 * an access entry for the principal of this key, and permissions. The fault injector identifies calls by names such as
 * {@code Kubernetes.GetDeployment}.
 */
public final class KubernetesApi implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BEARER = "Bearer ";

    private final HttpsServer server;
    private final AwsEndpoint aws;
    private final ResourceHandler resourceHandler;
    private final EksAuthenticator authenticator;
    private final Queue<String> rejections = new ConcurrentLinkedQueue<>();

    private KubernetesApi(HttpsServer server, String name, KubernetesCluster cluster, AwsEndpoint aws) {
        this.server = server;
        this.aws = aws;
        this.resourceHandler = new ResourceHandler(cluster);
        this.authenticator = new EksAuthenticator(name, aws);
    }

    /**
     * Starts the API server on a free loopback port, and sets the endpoint of the cluster in EKS.
     *
     * @param name the name of an existing EKS cluster
     * @param aws provides the access entries, the clock and the fault injector
     */
    public static KubernetesApi start(
            String name, KubernetesCluster cluster, AwsEndpoint aws, TestAuthority authority) {
        try {
            var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setHttpsConfigurator(
                    new HttpsConfigurator(authority.serverCertificate().sslContext()));
            var api = new KubernetesApi(server, name, cluster, aws);
            server.createContext("/", api::serve);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
            aws.eks().setEndpoint(name, api.uri(), authority.pem());
            return api;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The base URL of the API server. */
    public URI uri() {
        return URI.create("https://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Registers an access key and the role or user that the key belongs to. */
    public void registerAccessKey(String accessKey, String secretKey, String principalArn) {
        authenticator.register(new AccessKey(accessKey, secretKey, principalArn));
    }

    /** The reasons for rejected requests, oldest first. The responses do not contain these reasons. */
    public List<String> rejections() {
        return List.copyOf(rejections);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Optional<ApiRequest> request = ApiRequest.parse(exchange.getRequestMethod(), exchange.getRequestURI());
            String call =
                    "Kubernetes." + request.map(ResourceHandler::operation).orElse("Unknown");
            Optional<Fault> fault = aws.faults().nextFault(call);
            Optional<Rejection> rejection = aws.faults().pollRejection(call);
            if (rejection.isPresent()) {
                send(
                        exchange,
                        new ApiError(
                                rejection.get().status(), rejection.get().code(), "Rejected by the fault injector"));
            } else if (fault.equals(Optional.of(Fault.ERROR_BEFORE_EFFECT))) {
                send(exchange, internalError());
            } else if (fault.equals(Optional.of(Fault.THROTTLE))) {
                exchange.getResponseHeaders().set("Retry-After", "1");
                send(exchange, new ApiError(429, "TooManyRequests", "too many requests, please try again later"));
            } else if (!fault.equals(Optional.of(Fault.DISCONNECT_BEFORE_EFFECT))) {
                handle(exchange, request, body, new FaultedCall(call, fault));
            }
        }
    }

    /** The name of a call, and the fault to inject after the call has taken effect. */
    private record FaultedCall(String call, Optional<Fault> fault) {}

    private void handle(HttpExchange exchange, Optional<ApiRequest> request, byte[] body, FaultedCall faultedCall)
            throws IOException {
        try {
            JsonNode response = handle(exchange, request, body);
            aws.faults().onEffect(faultedCall.call());
            if (faultedCall.fault().equals(Optional.of(Fault.ERROR_AFTER_EFFECT))) {
                send(exchange, internalError());
            } else if (faultedCall.fault().equals(Optional.of(Fault.NO_RESPONSE))) {
                FaultInjector.hang();
            } else if (faultedCall.fault().isEmpty()) {
                send(exchange, 200, response);
            }
        } catch (ApiError error) {
            rejections.add(String.valueOf(error.getMessage()));
            send(exchange, error);
        }
    }

    private JsonNode handle(HttpExchange exchange, Optional<ApiRequest> request, byte[] body) {
        AccessEntry caller = authenticate(header(exchange, "Authorization"));
        ApiRequest apiRequest = request.orElseThrow(
                () -> new ApiError(404, "NotFound", "the server could not find the requested resource"));
        if (!RbacAuthorizer.isAllowed(caller, apiRequest)) {
            throw ApiError.forbidden(EksAuthenticator.username(caller), apiRequest);
        }
        return resourceHandler.handle(
                caller, apiRequest, header(exchange, "Content-Type").replaceFirst(";.*", ""), body);
    }

    private AccessEntry authenticate(String authorization) {
        if (!authorization.startsWith(BEARER)) {
            throw ApiError.unauthorized("no bearer token");
        }
        return authenticator.authenticate(authorization.substring(BEARER.length()));
    }

    private static ApiError internalError() {
        return new ApiError(500, "InternalError", "Internal error occurred");
    }

    private static String header(HttpExchange exchange, String header) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(header))
                .orElse("");
    }

    private static void send(HttpExchange exchange, ApiError error) throws IOException {
        send(exchange, error.code(), error.toStatus());
    }

    static void send(HttpExchange exchange, int status, JsonNode body) throws IOException {
        byte[] content = JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, content.length);
        exchange.getResponseBody().write(content);
    }
}
