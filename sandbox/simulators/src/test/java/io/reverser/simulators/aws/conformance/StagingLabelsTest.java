package io.reverser.simulators.aws.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.secretsmanager.model.InvalidParameterException;
import software.amazon.awssdk.services.secretsmanager.model.LimitExceededException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/** Rules for UpdateSecretVersionStage. A caller that moves a label must name the version that has the label now. */
class StagingLabelsTest {

    private static final Map<String, String> VERSIONS =
            Map.of("old", "0".repeat(32), "current", "1".repeat(32), "new", "2".repeat(32), "unknown", "9".repeat(32));

    private final TestSecret secret = new TestSecret();

    @BeforeEach
    void versions() {
        secret.client.createSecret(
                request -> request.name(secret.name).secretString("old").clientRequestToken(VERSIONS.get("old")));
        put("current", "AWSCURRENT");
        put("new", "AWSPENDING");
    }

    @AfterEach
    void close() {
        secret.close();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            AWSCURRENT,  new,     current, new,     current, new
            AWSCURRENT,  old,     current, old,     current, new
            AWSCURRENT,  current,        , current, old,     new
            AWSCURRENT,  current, current, current, old,     new
            AWSPENDING,         , new,     current, old,
            AWSPENDING,  current, new,     current, old,     current
            AWSPREVIOUS,        , old,     current,        , new
            mine,        new,            , current, old,     new
            """)
    void moves(
            String label,
            @Nullable String to,
            @Nullable String from,
            @Nullable String current,
            @Nullable String previous,
            @Nullable String pending) {
        move(label, to, from);
        assertHolds("AWSCURRENT", current);
        assertHolds("AWSPREVIOUS", previous);
        assertHolds("AWSPENDING", pending);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            AWSCURRENT, new,     ,
            AWSCURRENT, new,     old
            AWSCURRENT, current, old
            AWSCURRENT, ,        current
            AWSCURRENT, ,        ,
            AWSPENDING, ,        current
            AWSPENDING, current, ,
            mine,       new,     current
            mine,       ,        current
            """)
    void rejectsInvalidMoves(String label, @Nullable String to, @Nullable String from) {
        Map<String, List<String>> before = secret.versions();
        assertThatThrownBy(() -> move(label, to, from)).isInstanceOf(InvalidParameterException.class);
        assertThat(secret.versions()).isEqualTo(before);
    }

    @Test
    void reportsTheVersionThatHasTheLabel() {
        assertThatThrownBy(() -> move("AWSCURRENT", "new", null))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("attached to version " + VERSIONS.get("current"));
    }

    @ParameterizedTest
    @CsvSource({"unknown, current", "new, unknown"})
    void rejectsUnknownVersions(String to, String from) {
        assertThatThrownBy(() -> move("AWSCURRENT", to, from))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("999");
    }

    /** When two rotations move a label concurrently, the second move fails and changes nothing. */
    @Test
    void movesByCompareAndSwap() {
        move("AWSCURRENT", "new", "current");
        assertThatThrownBy(() -> move("AWSCURRENT", "new", "current")).isInstanceOf(InvalidParameterException.class);
        move("AWSCURRENT", "current", "new");
        assertHolds("AWSCURRENT", "current");
        assertHolds("AWSPREVIOUS", "new");
    }

    @Test
    void rejectsMoreThanTwentyLabels() {
        IntStream.range(0, 19).forEach(i -> move("label" + i, "new", null));
        assertThatThrownBy(() -> move("label20", "new", null)).isInstanceOf(LimitExceededException.class);
    }

    private void assertHolds(String label, @Nullable String version) {
        List<String> holders = secret.versions().entrySet().stream()
                .filter(entry -> entry.getValue().contains(label))
                .map(Map.Entry::getKey)
                .toList();
        assertThat(holders)
                .isEqualTo(Stream.ofNullable(version).map(VERSIONS::get).toList());
    }

    private void put(String version, String label) {
        secret.put(request -> request.secretString(version)
                .clientRequestToken(VERSIONS.get(version))
                .versionStages(label));
    }

    private void move(String label, @Nullable String to, @Nullable String from) {
        secret.client.updateSecretVersionStage(request -> request.secretId(secret.name)
                .versionStage(label)
                .moveToVersionId(to == null ? null : VERSIONS.get(to))
                .removeFromVersionId(from == null ? null : VERSIONS.get(from)));
    }
}
