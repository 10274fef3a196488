package io.reverser.rotation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import software.amazon.awssdk.services.eks.EksClient;

/**
 * The Kubernetes API, four calls of it. A client library for them would be larger than all the rest of the function.
 */
final class Cluster {

    private static final Duration TIME_OUT = Duration.ofSeconds(5);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final EksClient eks;
    private final ClusterToken token;
    private final Names names;
    private Optional<Api> api = Optional.empty();

    /** What is looked at. */
    record Names(String cluster, String namespace, String deployment, String externalSecret) {}

    /** Where the API is, and a client that believes the cluster's own authority and no other. */
    private record Api(URI address, HttpClient http) {}

    /** Nothing is called yet. */
    Cluster(EksClient eks, ClusterToken token, Names names) {
        this.eks = eks;
        this.token = token;
        this.names = names;
    }

    /** The Deployment and its pods. */
    Rollout rollout() {
        JsonNode deployment = call("GET", "/apis/apps/v1", "/deployments/" + names.deployment(), Optional.empty());
        String selector = deployment.at("/spec/selector/matchLabels").properties().stream()
                .map(label -> label.getKey() + "=" + label.getValue().asText())
                .collect(Collectors.joining(","));
        JsonNode pods = call(
                "GET",
                "/api/v1",
                "/pods?labelSelector=" + URLEncoder.encode(selector, StandardCharsets.UTF_8),
                Optional.empty());
        return Rollout.read(deployment, pods);
    }

    /** What brings the secret. */
    Sync sync() {
        return Sync.read(call("GET", "/apis/external-secrets.io/v1", externalSecret(), Optional.empty()));
    }

    /** What is there now, to know later what is new. */
    Before before() {
        return new Before(sync().fetch(), rollout().templates());
    }

    /** Asks for the secret to be fetched now; twice with the same is as good as once. */
    void askForSync(String with) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        patch.putObject("metadata").putObject("annotations").put(Sync.ANNOTATION, with);
        call("PATCH", "/apis/external-secrets.io/v1", externalSecret(), Optional.of(patch));
    }

    private String externalSecret() {
        return "/externalsecrets/" + names.externalSecret();
    }

    private JsonNode call(String method, String group, String what, Optional<JsonNode> body) {
        String path = group + "/namespaces/" + names.namespace() + what;
        Api found = api();
        var request = HttpRequest.newBuilder(found.address().resolve(path))
                .timeout(TIME_OUT)
                .header("Accept", "application/json")
                .header("Authorization", "Bearer " + token.of(names.cluster()))
                .header("Content-Type", "application/merge-patch+json")
                .method(
                        method,
                        body.map(json -> BodyPublishers.ofString(json.toString()))
                                .orElseGet(BodyPublishers::noBody))
                .build();
        try {
            var answer = found.http().send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new ClusterFailure(method + " " + path, answer.statusCode());
            }
            return JSON.readTree(answer.body());
        } catch (IOException failure) {
            // The cluster may have moved.
            api = Optional.empty();
            throw new ClusterFailure(method + " " + path, failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private Api api() {
        if (api.isEmpty()) {
            var found = eks.describeCluster(request -> request.name(names.cluster()))
                    .cluster();
            api = Optional.of(new Api(
                    URI.create(found.endpoint()),
                    HttpClient.newBuilder()
                            .version(HttpClient.Version.HTTP_1_1)
                            .connectTimeout(TIME_OUT)
                            .sslContext(trusting(found.certificateAuthority().data()))
                            .build()));
        }
        return api.get();
    }

    private static SSLContext trusting(String authority) {
        try {
            Certificate certificate = CertificateFactory.getInstance("X.509")
                    .generateCertificate(
                            new ByteArrayInputStream(Base64.getDecoder().decode(authority)));
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry("cluster", certificate);
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException notACertificate) {
            throw new IllegalStateException("The cluster's authority cannot be read", notACertificate);
        }
    }
}
