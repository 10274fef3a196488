package io.reverser.runner.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.reverser.simulators.tls.SslContexts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A client of a real Kubernetes API server, for the reverser's namespace.
 *
 * @param authority the PEM file of the API server's certificate authority
 * @param token a token of an administrator
 */
record ApiServer(URI address, Path authority, String token, HttpClient http) implements AutoCloseable {

    static final String MERGE_PATCH = "application/merge-patch+json";
    static final String STRATEGIC_MERGE_PATCH = "application/strategic-merge-patch+json";
    static final String SERVER_SIDE_APPLY = "application/apply-patch+yaml";
    static final String CORE = "/api/v1/namespaces/reverser/";
    static final String APPS = "/apis/apps/v1/namespaces/reverser/";
    static final String EXTERNAL_SECRETS = "/apis/external-secrets.io/v1/namespaces/reverser/";
    static final String DISCOVERY = "/apis/discovery.k8s.io/v1/namespaces/reverser/";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);

    /** Creates a client of the API server that the system properties specify. */
    static ApiServer fromSystemProperties() {
        Path authority = Path.of(property("authority"));
        var http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(SslContexts.client(authority))
                .build();
        return new ApiServer(URI.create(property("address")), authority, property("token"), http);
    }

    /** Returns the value of a system property that {@code .ci/kubernetes/rotation} sets. */
    static String property(String name) {
        return Objects.requireNonNull(System.getProperty("kubernetes." + name), name);
    }

    /** The certificate of the API server's certificate authority, as PEM text. */
    String authorityPem() {
        try {
            return Files.readString(authority);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    JsonNode get(String path) {
        return find(path).orElseThrow(() -> new IllegalStateException(path + " does not exist"));
    }

    /** Reads an object; returns nothing if the object does not exist. */
    Optional<JsonNode> find(String path) {
        HttpResponse<String> response = send(path, "GET", "", Optional.empty());
        return response.statusCode() == 404 ? Optional.empty() : Optional.of(parse(path, response));
    }

    /**
     * Changes an object with a patch.
     *
     * @param type the media type of the patch
     */
    JsonNode patch(String path, String type, JsonNode patch) {
        return parse(path, send(path, "PATCH", type, Optional.of(patch)));
    }

    /**
     * Deletes a pod without a grace period, as a kubelet does when the pod's containers have ended. Does nothing if the
     * pod no longer exists.
     */
    void deletePodNow(String name, String uid) {
        var options = JsonNodeFactory.instance.objectNode().put("gracePeriodSeconds", 0);
        options.putObject("preconditions").put("uid", uid);
        HttpResponse<String> response = send(CORE + "pods/" + name, "DELETE", "application/json", Optional.of(options));
        if (response.statusCode() != 404) {
            parse(name, response);
        }
    }

    /**
     * Passes each change of the objects at a path since a resource version to the consumer, until the server ends the
     * connection.
     */
    void watch(String path, String resourceVersion, Consumer<JsonNode> onEvent)
            throws IOException, InterruptedException {
        var request =
                newRequest(path + "?watch=1&resourceVersion=" + resourceVersion).build();
        HttpResponse<Stream<String>> response = http.send(request, BodyHandlers.ofLines());
        try (var lines = response.body()) {
            if (response.statusCode() != 200) {
                throw new IOException("The server answered %d to a watch of %s".formatted(response.statusCode(), path));
            }
            for (String line : (Iterable<String>) lines::iterator) {
                onEvent.accept(JSON.readTree(line));
            }
        } catch (UncheckedIOException cut) {
            throw cut.getCause();
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private HttpRequest.Builder newRequest(String path) {
        return HttpRequest.newBuilder(address.resolve(path)).header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> send(String path, String method, String contentType, Optional<JsonNode> body) {
        var request = newRequest(path)
                .timeout(REQUEST_TIMEOUT)
                .method(
                        method,
                        body.map(json -> BodyPublishers.ofString(json.toString()))
                                .orElseGet(BodyPublishers::noBody));
        if (!contentType.isEmpty()) {
            request.header("Content-Type", contentType);
        }
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new UncheckedIOException(method + " " + path, failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", interrupted);
        }
    }

    private static JsonNode parse(String path, HttpResponse<String> response) {
        if (response.statusCode() / 100 != 2) {
            throw new IllegalStateException(
                    "The server answered %d to %s: %s".formatted(response.statusCode(), path, response.body()));
        }
        try {
            return JSON.readTree(response.body());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
