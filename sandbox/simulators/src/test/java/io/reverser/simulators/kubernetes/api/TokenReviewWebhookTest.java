package io.reverser.simulators.kubernetes.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reverser.simulators.LoopbackPort;
import io.reverser.simulators.aws.endpoint.AwsEndpoint;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TokenReviewWebhookTest {

    private static final String ROTATION = "arn:aws:iam::111122223333:role/rotation";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final AwsEndpoint aws = AwsEndpoint.start();
    private final HttpClient client = HttpClient.newHttpClient();
    private final int port = LoopbackPort.free();
    private TokenReviewWebhook webhook;

    @BeforeEach
    void start() {
        aws.eks().createCluster("dev", "API");
        webhook = TokenReviewWebhook.start(port, "dev", aws);
        webhook.registerAccessKey("sandbox", "sandbox", ROTATION);
    }

    @AfterEach
    void close() {
        webhook.close();
        client.close();
        aws.close();
    }

    @Test
    void returnsUserAndGroupsOfTheAccessEntry() throws Exception {
        aws.eks().createEntry("dev", ROTATION, Map.of());
        aws.eks().setGroups("dev", ROTATION, "rotation");
        assertThat(review(token("dev"))).isEqualTo(JSON.readTree("""
                {"apiVersion": "authentication.k8s.io/v1", "kind": "TokenReview", "status": {"authenticated": true, "user": {
                    "username": "arn:aws:sts::111122223333:assumed-role/rotation/sandbox",
                    "uid": "arn:aws:iam::111122223333:role/rotation",
                    "groups": ["rotation"]}}}
                """));
        assertThat(webhook.rejections()).isEmpty();
    }

    @Test
    void rejectsTokensWithoutAReason() throws Exception {
        for (String token : new String[] {token("dev"), token("prod"), "none"}) {
            assertThat(review(token).path("status")).isEqualTo(JSON.readTree("{\"authenticated\": false}"));
        }
        assertThat(webhook.rejections())
                .containsExactly(
                        "no access entry for " + ROTATION,
                        "the signature does not match",
                        "token does not start with k8s-aws-v1.");
    }

    private String token(String cluster) {
        return TestEksToken.forCluster(cluster, aws.clock().instant()).text();
    }

    private JsonNode review(String token) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port))
                .POST(BodyPublishers.ofString("""
                        {"apiVersion": "authentication.k8s.io/v1", "kind": "TokenReview", "spec": {"token": "%s"}}
                        """.formatted(token)))
                .build();
        return JSON.readTree(client.send(request, BodyHandlers.ofString()).body());
    }
}
