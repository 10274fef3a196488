package io.reverser.rotation.rotator.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.rotation.rotator.tls.CertificateAuthorities;
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
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import software.amazon.awssdk.services.eks.EksClient;

/** Makes four calls of the Kubernetes API. A client library would be larger than the rest of the function. */
public final class KubernetesClient {

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final EksClient eks;
    private final EksToken token;
    private final String cluster;
    private final String namespace;
    private final String deployment;
    private final String externalSecret;
    private Optional<Api> api = Optional.empty();

    /** The API server, and a client that trusts the certificate authority of the cluster only. */
    private record Api(URI address, HttpClient http) {}

    /**
     * AWS and the cluster are called later, when a method needs them.
     *
     * @param cluster name of the EKS cluster
     * @param namespace of the Deployment and of the ExternalSecret
     */
    public KubernetesClient(
            EksClient eks, EksToken token, String cluster, String namespace, String deployment, String externalSecret) {
        this.eks = eks;
        this.token = token;
        this.cluster = cluster;
        this.namespace = namespace;
        this.deployment = deployment;
        this.externalSecret = externalSecret;
    }

    public WorkloadStatus readWorkloadStatus() {
        JsonNode found = call("GET", "/apis/apps/v1", "/deployments/" + deployment, Optional.empty());
        String selector = found.at("/spec/selector/matchLabels").properties().stream()
                .map(label -> label.getKey() + "=" + label.getValue().asText())
                .collect(Collectors.joining(","));
        JsonNode pods = call(
                "GET",
                "/api/v1",
                "/pods?labelSelector=" + URLEncoder.encode(selector, StandardCharsets.UTF_8),
                Optional.empty());
        return WorkloadStatus.parse(found, pods);
    }

    public ExternalSecretStatus readExternalSecretStatus() {
        return ExternalSecretStatus.parse(
                call("GET", "/apis/external-secrets.io/v1", externalSecretPath(), Optional.empty()));
    }

    public ClusterBaseline readBaseline() {
        return new ClusterBaseline(
                readExternalSecretStatus().syncVersion(), readWorkloadStatus().templateHashes());
    }

    /** Makes External Secrets sync the ExternalSecret now. Idempotent for the same sync ID. */
    public void forceSync(String syncId) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        patch.putObject("metadata").putObject("annotations").put(ExternalSecretStatus.FORCE_SYNC_ANNOTATION, syncId);
        call("PATCH", "/apis/external-secrets.io/v1", externalSecretPath(), Optional.of(patch));
    }

    private String externalSecretPath() {
        return "/externalsecrets/" + externalSecret;
    }

    private JsonNode call(String method, String group, String resource, Optional<JsonNode> body) {
        String path = group + "/namespaces/" + namespace + resource;
        Api found = resolveApi();
        var request = HttpRequest.newBuilder(found.address().resolve(path))
                .timeout(REQUEST_TIMEOUT)
                .header("Accept", "application/json")
                .header("Authorization", "Bearer " + token.forCluster(cluster))
                .header("Content-Type", "application/merge-patch+json")
                .method(
                        method,
                        body.map(json -> BodyPublishers.ofString(json.toString()))
                                .orElseGet(BodyPublishers::noBody))
                .build();
        try {
            var response = found.http().send(request, BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new KubernetesException(method + " " + path, response.statusCode());
            }
            return JSON.readTree(response.body());
        } catch (IOException failure) {
            // The cluster's endpoint may have changed, so the next call looks it up again.
            api = Optional.empty();
            throw new KubernetesException(method + " " + path, failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private Api resolveApi() {
        if (api.isEmpty()) {
            var found = eks.describeCluster(request -> request.name(cluster)).cluster();
            api = Optional.of(new Api(
                    URI.create(found.endpoint()),
                    HttpClient.newBuilder()
                            .version(HttpClient.Version.HTTP_1_1)
                            .connectTimeout(REQUEST_TIMEOUT)
                            .sslContext(
                                    trustingContext(found.certificateAuthority().data()))
                            .build()));
        }
        return api.get();
    }

    private static SSLContext trustingContext(String authority) {
        try {
            var pem = new ByteArrayInputStream(Base64.getDecoder().decode(authority));
            var context = SSLContext.getInstance("TLS");
            context.init(null, CertificateAuthorities.trustManagers(pem), null);
            return context;
        } catch (GeneralSecurityException | IOException notACertificate) {
            throw new IllegalStateException("Cannot read the certificate authority of the cluster", notACertificate);
        }
    }
}
