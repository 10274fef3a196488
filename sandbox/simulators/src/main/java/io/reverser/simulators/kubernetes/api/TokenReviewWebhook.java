package io.reverser.simulators.kubernetes.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.reverser.simulators.LoopbackServer;
import io.reverser.simulators.aws.eks.AccessEntry;
import io.reverser.simulators.aws.endpoint.AwsEndpoint;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The authentication webhook for a real Kubernetes API server. It validates tokens by the same rules as EKS's webhook,
 * and serves plain HTTP on loopback.
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
     * Starts the webhook.
     *
     * @param port the loopback port of the webhook
     * @param cluster the name of the cluster that tokens must contain
     * @param aws provides the access entries and the clock
     */
    public static TokenReviewWebhook start(int port, String cluster, AwsEndpoint aws) {
        var webhook = new TokenReviewWebhook(LoopbackServer.create(port), new EksAuthenticator(cluster, aws));
        webhook.server.createContext("/", webhook::serve);
        webhook.server.start();
        return webhook;
    }

    /** Registers an access key and the role or user that the key belongs to. */
    public void registerAccessKey(String accessKey, String secretKey, String principalArn) {
        authenticator.register(new AccessKey(accessKey, secretKey, principalArn));
    }

    /** The reasons for rejected tokens, oldest first. The responses do not contain these reasons. */
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
