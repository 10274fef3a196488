package io.reverser.simulators.aws.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.secretsmanager.model.Tag;

/**
 * Rules for the tags of a secret.
 *
 * @see <a href="https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_TagResource.html">TagResource</a>
 */
class SecretTagsTest {

    private final TestSecret secret = new TestSecret();

    @BeforeEach
    void create() {
        secret.create("one");
    }

    @AfterEach
    void close() {
        secret.close();
    }

    @Test
    void canBeAddedReplacedAndRemoved() {
        tag(of("rotation:by", "ada"), of("team", "shop"));
        tag(of("team", "platform"));
        assertThat(secret.describe().tags())
                .containsExactlyInAnyOrder(of("rotation:by", "ada"), of("team", "platform"));
        secret.client.untagResource(request -> request.secretId(secret.name).tagKeys("rotation:by", "none"));
        assertThat(secret.describe().tags()).containsExactly(of("team", "platform"));
    }

    @ParameterizedTest
    @CsvSource({"aws:mine, x", "'', x", "why, 'a (b)'", "why, 'a, b'"})
    void rejectInvalidCharacters(String key, String value) {
        TestSecret.assertRefused(() -> tag(of(key, value)));
    }

    @Test
    void rejectMoreThanFifty() {
        tag(IntStream.range(0, 50).mapToObj(i -> of("k" + i, "v".repeat(256))).toArray(Tag[]::new));
        TestSecret.assertRefused(() -> tag(of("another", "x")));
    }

    @Test
    void rejectLongValues() {
        TestSecret.assertRefused(() -> tag(of("k", "v".repeat(257))));
    }

    private void tag(Tag... tags) {
        secret.client.tagResource(request -> request.secretId(secret.name).tags(tags));
    }

    private static Tag of(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }
}
