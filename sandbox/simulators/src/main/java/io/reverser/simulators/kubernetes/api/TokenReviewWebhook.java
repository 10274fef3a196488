package io.reverser.simulators.kubernetes.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.reverser.simulators.aws.eks.AccessEntry;
import io.reverser.simulators.aws.endpoint.AwsEndpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;

/**
 * The webhook that a real API server asks whose token it got, as that of an EKS cluster asks AWS. It speaks HTTP, on loopback.
 *
 * @see <a href="https://kubernetes.io/docs/reference/access-authn-authz/authentication/#webhook-token-authentication">Webhook
 *     token authentication</a>
 */
public final class TokenReviewWebhook implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final EksAuthenticator authenticator;
    private final Queue<String> rejections = new ConcurrentLinkedQueue<>();

    private TokenReviewWebhook(HttpServer server, EksAuthenticator authenticator) {
        this.server = server;
        this.authenticator = authenticator;
    }

    /**
     * Starts it.
     *
     * @param port on loopback
     * @param cluster that the tokens have to be for
     * @param aws whose access entries and clock count
     */
    public static TokenReviewWebhook start(int port, String cluster, AwsEndpoint aws) {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            var webhook = new TokenReviewWebhook(server, new EksAuthenticator(cluster, aws));
            server.createContext("/", webhook::serve);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
            return webhook;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Tells it of an access key, and of the role or user whose it is. */
    public void registerAccessKey(String accessKey, String secretKey, String principalArn) {
        authenticator.register(new AccessKey(accessKey, secretKey, principalArn));
    }

    /** Why tokens were refused, which their senders were not told; oldest first. */
    public List<String> rejections() {
        return List.copyOf(rejections);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode request = JSON.readTree(exchange.getRequestBody());
            ObjectNode response = JsonNodeFactory.instance.objectNode();
            response.set("apiVersion", request.path("apiVersion"));
            response.set("kind", request.path("kind"));
            response.set("status", review(request.at("/spec/token").asText()));
            KubernetesApi.send(exchange, 200, response);
        }
    }

    private ObjectNode review(String token) {
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        try {
            AccessEntry caller = authenticator.authenticate(token);
            ObjectNode user = status.put("authenticated", true).putObject("user");
            user.put("username", EksAuthenticator.username(caller)).put("uid", caller.principalArn());
            caller.groups().forEach(user.putArray("groups")::add);
        } catch (ApiError refusal) {
            rejections.add(String.valueOf(refusal.getMessage()));
            status.put("authenticated", false);
        }
        return status;
    }
}
