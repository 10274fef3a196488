package io.reverser.rotation.rotator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkloadStatusTest {

    private static final Instant SYNC = Instant.parse("2026-11-25T10:00:00Z");
    private static final String DEPLOYMENT = """
            {"metadata": {"generation": %d}, "spec": {"replicas": %d, "paused": %b},
             "status": {"observedGeneration": 7, "replicas": %d, "updatedReplicas": %d, "availableReplicas": %d}}""";

    @ParameterizedTest
    @CsvSource(textBlock = """
            # generation, replicas, paused, existing, updated, available, reason
            7, 3, false, 3, 3, 3, ''
            8, 3, false, 3, 3, 3, '3 of 3 pods are updated, 3 of 3 available'
            7, 3, false, 4, 3, 3, '3 of 3 pods are updated, 3 of 4 available'
            7, 3, false, 4, 1, 3, '1 of 3 pods are updated, 3 of 4 available'
            7, 3, false, 3, 3, 2, '3 of 3 pods are updated, 2 of 3 available'
            7, 3, true,  3, 3, 3, 'the Deployment is paused'
            7, 0, false, 0, 0, 0, 'the Deployment is scaled to 0 pods'
            """)
    void isReadyWhenAllPodsAreUpdatedAndAvailable(
            long generation, int replicas, boolean paused, int existing, int updated, int available, String reason) {
        WorkloadStatus workload =
                parse(DEPLOYMENT.formatted(generation, replicas, paused, existing, updated, available), "[]");
        assertThat(workload.notReadyReason().orElse("")).isEqualTo(reason);
    }

    @Test
    void failsWhenProgressDeadlineIsExceeded() {
        assertThat(parse("""
                {"spec": {"replicas": 1}, "status": {"conditions":
                 [{"type": "Progressing", "status": "False", "reason": "ProgressDeadlineExceeded"}]}}""", "[]").isFailed()).isTrue();
    }

    @Test
    void hasOnlyNewPodsWhenNoneIsOlderOrTerminating() {
        assertThat(whole(pod("new", "10:00:00", "")).hasOnlyPodsNewerThan(SYNC, Set.of("old")))
                .isTrue();
        assertThat(whole(pod("new", "09:59:59", "")).hasOnlyPodsNewerThan(SYNC, Set.of("old")))
                .isFalse();
        assertThat(whole(pod("old", "10:00:01", "")).hasOnlyPodsNewerThan(SYNC, Set.of("old")))
                .isFalse();
        assertThat(whole(pod("new", "10:00:01", "10:05:00")).hasOnlyPodsNewerThan(SYNC, Set.of("old")))
                .isFalse();
    }

    @Test
    void findsPodsCreatedBetweenTwoTimes() {
        Instant from = SYNC.minusSeconds(60);
        assertThat(whole(pod("a", "09:58:59", "")).hasNoPodsCreatedBetween(from, SYNC))
                .isTrue();
        assertThat(whole(pod("a", "09:59:00", "")).hasNoPodsCreatedBetween(from, SYNC))
                .isFalse();
        assertThat(whole(pod("a", "09:59:59", "")).hasNoPodsCreatedBetween(from, SYNC))
                .isFalse();
        assertThat(whole(pod("a", "10:00:00", "")).hasNoPodsCreatedBetween(from, SYNC))
                .isTrue();
    }

    @Test
    void ignoresEndedPods() {
        String ended = pod("old", "09:00:00", "").replace("Running", "Succeeded");
        assertThat(whole(ended).pods()).isEmpty();
    }

    private static WorkloadStatus whole(String pod) {
        return parse(DEPLOYMENT.formatted(7, 1, false, 1, 1, 1), "[" + pod + "]");
    }

    private static String pod(String template, String created, String ending) {
        return """
                {"metadata": {"name": "p", "labels": {"pod-template-hash": "%s"}, "creationTimestamp": "2026-11-25T%sZ"%s},
                 "status": {"phase": "Running"}}""".formatted(
                template, created, ending.isEmpty() ? "" : ", \"deletionTimestamp\": \"2026-11-25T" + ending + "Z\"");
    }

    private static WorkloadStatus parse(String deployment, String pods) {
        try {
            var json = new ObjectMapper();
            JsonNode list = json.readTree("{\"items\": " + pods + "}");
            return WorkloadStatus.parse(json.readTree(deployment), list);
        } catch (JsonProcessingException wrongTest) {
            throw new IllegalArgumentException(wrongTest);
        }
    }
}
