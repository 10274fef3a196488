package io.reverser.simulators.kubernetes.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reverser.simulators.aws.endpoint.AwsEndpoint;
import io.reverser.simulators.fault.FaultInjector.Fault;
import io.reverser.simulators.kubernetes.KubernetesCluster;
import io.reverser.simulators.kubernetes.object.ObjectName;
import io.reverser.simulators.kubernetes.workload.PodRuntime.Container;
import io.reverser.simulators.tls.TestAuthority;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Verifies that the simulator authenticates, authorizes and responds like EKS and Kubernetes. */
class KubernetesApiTest {

    private static final String ROTATION = "arn:aws:iam::111122223333:role/rotation";
    private static final String DEPLOYMENT = "/apis/apps/v1/namespaces/reverser/deployments/reverser";
    private static final String PODS = "/api/v1/namespaces/reverser/pods";
    private static final String EXTERNAL = "/apis/external-secrets.io/v1/namespaces/reverser/externalsecrets/database";
    private static final String FORCE = "{\"metadata\": {\"annotations\": {\"force-sync\": \"%s\"}}}";
    private static final ObjectMapper JSON = new ObjectMapper();

    private static TestAuthority authority;

    private final AwsEndpoint aws = AwsEndpoint.start();
    private final KubernetesCluster cluster = new KubernetesCluster(aws.clock());
    private HttpClient client;
    private KubernetesApi api;
    private TestEksToken token;

    @BeforeAll
    static void create(@TempDir Path folder) {
        authority = TestAuthority.create(folder);
    }

    @BeforeEach
    void start() {
        client =
                HttpClient.newBuilder().sslContext(authority.clientSslContext()).build();
        aws.eks().createCluster("dev", "API");
        aws.eks().createEntry("dev", ROTATION, Map.of());
        aws.eks().setGroups("dev", ROTATION, "rotation");
        api = KubernetesApi.start("dev", cluster, aws, authority);
        api.registerAccessKey("sandbox", "sandbox", ROTATION);
        token = TestEksToken.forCluster("dev", aws.clock().instant());
        cluster.createExternalSecret(new ObjectName("reverser", "database"), Duration.ofHours(1), () -> """
                {"MYSQL_HOST": "h", "MYSQL_DATABASE": "d", "MYSQL_USER": "u", "MYSQL_PASSWORD": "canary-0123456789"}
                """);
        cluster.createDeployment(
                new ObjectName("reverser", "reverser"), 2, "database", (name, environment) -> new AlwaysReady());
        for (int i = 0; i < 5; i++) {
            cluster.reconcile();
        }
    }

    @AfterEach
    void close() {
        client.close();
        api.close();
        cluster.close();
        aws.close();
    }

    @Test
    void returnsADeploymentAndItsPodsWithoutThePassword() throws Exception {
        JsonNode deployment = json(get(DEPLOYMENT));
        assertThat(deployment.at("/status/availableReplicas").asInt()).isEqualTo(2);
        HttpResponse<String> pods = get(PODS + "?labelSelector=" + encoded("app.kubernetes.io/name=reverser"));
        assertThat(json(pods).path("items")).hasSize(2);
        assertThat(pods.body()).doesNotContain("canary");
        assertThat(get(EXTERNAL).body()).doesNotContain("canary").contains("refreshTime");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                app.kubernetes.io/name=reverser              | 2
                app.kubernetes.io/name==other                | 0
                app.kubernetes.io/name!=other,pod-template-hash | 2
                !pod-template-hash                           | 0
                app.kubernetes.io/name in (other, reverser)  | 2
                app.kubernetes.io/name notin (reverser)      | 0
                """)
    void selectsPodsByLabels(String selector, int found) throws Exception {
        assertThat(json(get(PODS + "?labelSelector=" + encoded(selector))).path("items"))
                .hasSize(found);
    }

    @Test
    void syncsAfterAPatchOfAnAnnotation() throws Exception {
        JsonNode before = json(get(EXTERNAL));
        aws.clock().move(Duration.ofMinutes(1));
        token = TestEksToken.forCluster("dev", aws.clock().instant());
        JsonNode patched = json(patch(FORCE.formatted("now"), ResourceHandler.MERGE_PATCH));
        assertThat(patched.at("/metadata/annotations/force-sync").asText()).isEqualTo("now");
        assertThat(patched.path("status")).isEqualTo(before.path("status"));
        cluster.reconcile();
        assertThat(json(get(EXTERNAL)).at("/status/refreshTime").asText())
                .isGreaterThan(before.at("/status/refreshTime").asText());
    }

    @Test
    void rejectsAPatchWithAnOutdatedResourceVersion() throws Exception {
        String version = json(get(EXTERNAL)).at("/metadata/resourceVersion").asText();
        String stale = "{\"metadata\": {\"resourceVersion\": \"%s\", \"annotations\": {\"force-sync\": \"%s\"}}}";
        assertThat(patch(stale.formatted(version, "one"), ResourceHandler.MERGE_PATCH)
                        .statusCode())
                .isEqualTo(200);
        HttpResponse<String> refused = patch(stale.formatted(version, "two"), ResourceHandler.MERGE_PATCH);
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(json(refused).path("reason").asText()).isEqualTo("Conflict");
    }

    @Test
    void rejectsChangesWithoutTheWebhookOfExternalSecrets() throws Exception {
        cluster.externalSecretsController().stopWebhook();
        HttpResponse<String> refused = patch(FORCE.formatted("now"), ResourceHandler.MERGE_PATCH);
        assertThat(refused.statusCode()).isEqualTo(500);
        assertThat(json(refused).path("reason").asText()).isEqualTo("InternalError");
        assertThat(json(refused).path("message").asText()).contains("failed calling webhook");
        assertThat(get(EXTERNAL).statusCode()).isEqualTo(200);
        assertThat(get(EXTERNAL).body()).doesNotContain("force-sync");
        cluster.externalSecretsController().startWebhook();
        assertThat(patch(FORCE.formatted("now"), ResourceHandler.MERGE_PATCH).statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"spec\": {\"refreshInterval\": \"1s\"}}",
                "{\"metadata\": {\"ownerReferences\": [{\"kind\": \"Pod\", \"name\": \"none\"}]}}"
            })
    void allowsTheRotationToChangeOnlyMetadata(String body) throws Exception {
        HttpResponse<String> refused = patch(body, ResourceHandler.MERGE_PATCH);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(json(refused).path("message").asText())
                .contains("ValidatingAdmissionPolicy 'rotation' with binding 'rotation' denied request");
        aws.eks().setGroups("dev", ROTATION);
        aws.eks()
                .associatePolicy("dev", ROTATION, "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy");
        assertThat(patch(body, ResourceHandler.MERGE_PATCH).statusCode()).isEqualTo(200);
    }

    @Test
    void deletesAnExternalSecretOnceItsFinalizerIsGone() throws Exception {
        aws.eks()
                .associatePolicy("dev", ROTATION, "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy");
        cluster.externalSecretsController().stopWebhook();
        assertThat(send("DELETE", EXTERNAL, "").statusCode()).isEqualTo(500);
        cluster.externalSecretsController().startWebhook();
        assertThat(json(send("DELETE", EXTERNAL, ""))
                        .at("/metadata/deletionTimestamp")
                        .isTextual())
                .isTrue();
        assertThat(get(EXTERNAL).statusCode()).isEqualTo(200);
        cluster.reconcile();
        assertThat(get(EXTERNAL).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                application/json                    | {}                                             | 415
                application/strategic-merge-patch+json | {}                                          | 415
                application/merge-patch+json        | []                                             | 400
                application/merge-patch+json        | {                                              | 400
                application/merge-patch+json        | {"metadata": {"annotations": {"force-sync": 1}}} | 400
                application/merge-patch+json        | {"metadata": {"name": "other"}}                | 400
                """)
    void rejectsInvalidPatches(String type, String body, int status) throws Exception {
        assertThat(patch(body, type).statusCode()).isEqualTo(status);
    }

    @Test
    void returnsNotFoundForMissingObjects() throws Exception {
        aws.eks()
                .associatePolicy("dev", ROTATION, "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy");
        HttpResponse<String> response = get(DEPLOYMENT + "s");
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(json(response).path("message").asText()).isEqualTo("deployments.apps \"reversers\" not found");
        assertThat(get("/apis/batch/v1/namespaces/reverser/jobs/x").statusCode())
                .isEqualTo(404);
        assertThat(send("DELETE", DEPLOYMENT, "").statusCode()).isEqualTo(405);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /apis/apps/v1/namespaces/reverser/deployments/other",
        "GET, /apis/apps/v1/namespaces/reverser/deployments",
        "GET, /apis/apps/v1/namespaces/kube-system/deployments/reverser",
        "PATCH, /apis/apps/v1/namespaces/reverser/deployments/reverser",
        "GET, /api/v1/namespaces/reverser/pods/reverser",
        "GET, /api/v1/namespaces/reverser/secrets/database",
        "GET, /apis/external-secrets.io/v1/namespaces/reverser/externalsecrets",
        "DELETE, /apis/external-secrets.io/v1/namespaces/reverser/externalsecrets/database"
    })
    void deniesTheRotationEverythingElse(String method, String path) throws Exception {
        HttpResponse<String> response = send(method, path, "{}");
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(json(response).path("reason").asText()).isEqualTo("Forbidden");
    }

    @Test
    void requiresTheGroupAndAnAccessEntry() throws Exception {
        aws.eks().setGroups("dev", ROTATION);
        assertThat(get(DEPLOYMENT).statusCode()).isEqualTo(403);
        aws.eks().deleteEntry("dev", ROTATION);
        assertThat(get(DEPLOYMENT).statusCode()).isEqualTo(401);
        assertThat(api.rejections()).last().asString().contains("no access entry");
    }

    @Test
    void acceptsATokenForFifteenMinutesWhateverItsExpiry() throws Exception {
        aws.clock().move(Duration.ofMinutes(14));
        assertThat(get(DEPLOYMENT).statusCode()).isEqualTo(200);
        aws.clock().move(Duration.ofMinutes(2));
        assertRejected(token.text(), "expired");
    }

    @Test
    void rejectsATokenFromTheFuture() throws Exception {
        aws.clock().move(Duration.ofMinutes(-6));
        assertRejected(token.text(), "in the future");
    }

    @Test
    void rejectsATokenForAnotherCluster() throws Exception {
        assertRejected(TestEksToken.forCluster("prod", aws.clock().instant()).text(), "the signature does not match");
    }

    @Test
    void rejectsATokenWithoutACluster() throws Exception {
        var without = token.call().copy(call -> call.removeHeader("x-k8s-aws-id"));
        assertRejected(token.with(without).text(), "x-k8s-aws-id is not signed");
    }

    @Test
    void rejectsAForgedSignature() throws Exception {
        assertRejected(token.signedWith("guessed").text(), "the signature does not match");
        assertRejected(
                changed(url -> url.replace("X-Amz-Signature=", "X-Amz-Signature=0")), "the signature does not match");
    }

    @Test
    void rejectsATokenForAnotherService() throws Exception {
        assertRejected(token.forService("s3").text(), "a service other than sts");
    }

    @Test
    void rejectsATokenForAnotherAction() throws Exception {
        var other = token.call().copy(call -> call.putRawQueryParameter("Action", "GetSessionToken"));
        assertRejected(token.with(other).text(), "action is not GetCallerIdentity");
    }

    @Test
    void rejectsATokenForAnotherHost() throws Exception {
        var other = token.call().copy(call -> call.host("sts.eu-central-1.example.com"));
        assertRejected(token.with(other).text(), "host is not an STS endpoint");
    }

    @Test
    void rejectsATokenWithALongerExpiry() throws Exception {
        assertRejected(token.expiring(Duration.ofHours(1)).text(), "X-Amz-Expires");
    }

    @Test
    void rejectsATokenWithUnknownOrDuplicateParameters() throws Exception {
        assertRejected(changed(url -> url + "&X-Amz-Date=20260101T000000Z"), "duplicate parameter");
        assertRejected(changed(url -> url + "&Surprise=1"), "unknown parameter");
    }

    @Test
    void rejectsAMalformedToken() throws Exception {
        assertRejected(token.text() + "=", "base64");
        assertRejected(token.text().substring(11), "does not start with");
        assertRejected("k8s-aws-v1." + "a".repeat(5000), "too large");
        assertThat(send("GET", DEPLOYMENT, "", "Basic c2FuZGJveA==").statusCode())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ERROR_BEFORE_EFFECT", "ERROR_AFTER_EFFECT", "THROTTLE"})
    void failsWithInjectedFaults(Fault fault) throws Exception {
        aws.faults().injectNext("Kubernetes.PatchExternalSecret", fault, 1);
        HttpResponse<String> response = patch(FORCE.formatted("now"), ResourceHandler.MERGE_PATCH);
        assertThat(response.statusCode()).isEqualTo(fault == Fault.THROTTLE ? 429 : 500);
        assertThat(get(EXTERNAL).body().contains("force-sync")).isEqualTo(fault == Fault.ERROR_AFTER_EFFECT);
        assertThat(aws.faults().calls())
                .containsExactly("Kubernetes.PatchExternalSecret", "Kubernetes.GetExternalSecret");
    }

    @Test
    void ignoresACrashedCaller() {
        aws.faults().injectNext("Kubernetes.PatchExternalSecret", Fault.CALLER_CRASH, 1);
        assertThatThrownBy(() -> patch(FORCE.formatted("now"), ResourceHandler.MERGE_PATCH))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> get(DEPLOYMENT)).isInstanceOf(IOException.class);
        aws.faults().clear();
        assertThat(cluster.externalSecret(new ObjectName("reverser", "database"))
                        .orElseThrow()
                        .toString())
                .contains("force-sync");
    }

    private String changed(UnaryOperator<String> change) {
        return TestEksToken.encoded(change.apply(TestEksToken.decoded(token.text())));
    }

    private void assertRejected(String bearer, String why) throws Exception {
        HttpResponse<String> response = send("GET", DEPLOYMENT, "", "Bearer " + bearer);
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(json(response).path("message").asText()).isEqualTo("Unauthorized");
        assertThat(api.rejections()).last().asString().contains(why);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send("GET", path, "");
    }

    private HttpResponse<String> patch(String body, String type) throws Exception {
        return client.send(
                request(EXTERNAL, "Bearer " + token.text())
                        .header("Content-Type", type)
                        .method("PATCH", BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        return send(method, path, body, "Bearer " + token.text());
    }

    private HttpResponse<String> send(String method, String path, String body, String authorization) throws Exception {
        return client.send(
                request(path, authorization)
                        .method(method, BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path, String authorization) {
        return HttpRequest.newBuilder(URI.create(api.uri() + path)).header("Authorization", authorization);
    }

    private static JsonNode json(HttpResponse<String> response) throws IOException {
        return JSON.readTree(response.body());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static final class AlwaysReady implements Container {
        private boolean gone;

        @Override
        public boolean isReady() {
            return !gone;
        }

        @Override
        public void stop() {
            gone = true;
        }

        @Override
        public OptionalInt exitCode() {
            return gone ? OptionalInt.of(0) : OptionalInt.empty();
        }
    }
}
