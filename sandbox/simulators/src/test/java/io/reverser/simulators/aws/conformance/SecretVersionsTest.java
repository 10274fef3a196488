package io.reverser.simulators.aws.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.secretsmanager.model.InvalidParameterException;
import software.amazon.awssdk.services.secretsmanager.model.InvalidRequestException;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretVersionIdsRequest;
import software.amazon.awssdk.services.secretsmanager.model.PutSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.ResourceExistsException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.secretsmanager.model.SecretVersionsListEntry;

/**
 * Rules for the versions of a secret.
 *
 * @see <a href="https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutSecretValue.html">PutSecretValue</a>
 */
class SecretVersionsTest {

    private static final String SECOND = "22222222-2222-2222-2222-222222222222";
    private static final String CANARY = "canary-0123456789";

    private final TestSecret secret = new TestSecret();

    @BeforeEach
    void first() {
        secret.create("one");
    }

    @AfterEach
    void close() {
        secret.close();
    }

    @Test
    void keepsThePreviousVersion() {
        String second = secret.put(request -> request.secretString("two"));
        String third = secret.put(request -> request.secretString("three"));
        assertThat(secret.versions()).isEqualTo(Map.of(second, List.of("AWSPREVIOUS"), third, List.of("AWSCURRENT")));
        assertThat(secret.value(request -> request.versionStage("AWSPREVIOUS")).secretString())
                .isEqualTo("two");
    }

    @Test
    void returnsAVersionByItsId() {
        secret.put(request -> request.secretString("two"));
        secret.put(request -> request.secretString("three"));
        assertThat(secret.value(request -> request.versionId(TestSecret.FIRST_VERSION))
                        .secretString())
                .isEqualTo("one");
    }

    @Test
    void isIdempotentForOneToken() {
        IntStream.range(0, 2)
                .forEach(again -> secret.put(request ->
                        request.secretString("two").clientRequestToken(SECOND).versionStages("AWSPENDING")));
        assertThat(secret.versions())
                .isEqualTo(Map.of(TestSecret.FIRST_VERSION, List.of("AWSCURRENT"), SECOND, List.of("AWSPENDING")));
    }

    @Test
    void rejectsAnotherValueForTheSameVersion() {
        secret.put(request -> request.secretString(CANARY).clientRequestToken(SECOND));
        assertThatThrownBy(() -> secret.put(
                        request -> request.secretString("not " + CANARY).clientRequestToken(SECOND)))
                .isInstanceOf(ResourceExistsException.class)
                .hasMessageNotContaining(CANARY);
    }

    @Test
    void requiresBothTheIdAndTheLabelToMatch() {
        String second = secret.put(request -> request.secretString("two"));
        assertThat(secret.value(request -> request.versionId(second).versionStage("AWSCURRENT"))
                        .secretString())
                .isEqualTo("two");
        assertThatThrownBy(
                        () -> secret.value(request -> request.versionId(second).versionStage("AWSPREVIOUS")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("not associated");
    }

    @Test
    void rejectsUnknownVersions() {
        assertThatThrownBy(() -> secret.value(request -> request.versionId("3".repeat(32))))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("VersionId: 333");
    }

    @Test
    void rejectsUnknownLabels() {
        assertThatThrownBy(() -> secret.value(request -> request.versionStage("AWSPENDING")))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("staging label: AWSPENDING");
    }

    @ParameterizedTest
    @CsvSource({"65536, 1", "16384, 4"})
    void limitsTheSizeOfValues(int characters, int bytes) {
        String text = (bytes == 1 ? "x" : "🔑").repeat(characters);
        secret.put(request -> request.secretString(text));
        assertThat(secret.value(request -> {}).secretString()).isEqualTo(text);
        assertRejected(request -> request.secretString(text + "x"));
    }

    @Test
    void rejectsEmptyValues() {
        assertRejected(request -> request.secretString(""));
    }

    @Test
    void rejectsVersionsWithoutAValue() {
        assertThatThrownBy(() -> secret.put(request -> {}))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("You must provide either SecretString or SecretBinary.");
    }

    @Test
    void storesBinaryValues() {
        secret.put(request -> request.secretBinary(SdkBytes.fromByteArray(new byte[] {0, -1, 7})));
        assertThat(secret.value(request -> {}).secretBinary().asByteArray()).containsExactly(0, -1, 7);
        assertThat(secret.value(request -> {}).secretString()).isNull();
    }

    @Test
    void rejectsTextTogetherWithBytes() {
        assertThatThrownBy(() -> secret.put(
                        request -> request.secretString(CANARY).secretBinary(SdkBytes.fromUtf8String(CANARY))))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageNotContaining(CANARY);
    }

    @Test
    void rejectsTokensOfInvalidLength() {
        assertRejected(request -> request.secretString(CANARY).clientRequestToken("4".repeat(31)));
        assertRejected(request -> request.secretString(CANARY).clientRequestToken("4".repeat(65)));
        assertThat(secret.put(request -> request.secretString("x").clientRequestToken("4".repeat(64))))
                .isEqualTo("4".repeat(64));
    }

    @Test
    void rejectsRotationTokensOfInvalidLength() {
        assertRejected(request -> request.secretString(CANARY).rotationToken("4".repeat(35)));
        assertRejected(request -> request.secretString(CANARY).rotationToken("4".repeat(257)));
    }

    @Test
    void acceptsOneToTwentyLabels() {
        assertRejected(request -> request.secretString(CANARY).versionStages(List.of()));
        assertRejected(request -> request.secretString(CANARY).versionStages(labels(21)));
        secret.put(request -> request.secretString("x").versionStages(labels(20)));
    }

    @Test
    void rejectsLongLabels() {
        assertRejected(request -> request.secretString(CANARY).versionStages("x".repeat(257)));
    }

    /**
     * A new secret value ends a running rotation. The tests of Terraform's AWS provider rely on this behavior of AWS.
     */
    @Test
    void removesThePendingLabelWithANewValue() {
        secret.put(request -> request.secretString("two").versionStages("AWSPENDING"));
        String third = secret.put(request -> request.secretString("three"));
        assertThat(secret.versions())
                .isEqualTo(Map.of(TestSecret.FIRST_VERSION, List.of("AWSPREVIOUS"), third, List.of("AWSCURRENT")));
    }

    @Test
    void movesThePendingLabelToTheNewestVersion() {
        secret.put(request -> request.secretString("two").versionStages("AWSPENDING"));
        String third = secret.put(request -> request.secretString("three").versionStages("AWSPENDING"));
        assertThat(secret.versions())
                .isEqualTo(Map.of(TestSecret.FIRST_VERSION, List.of("AWSCURRENT"), third, List.of("AWSPENDING")));
    }

    @Test
    void updatesOnlyTheDescription() {
        assertThat(secret.client
                        .updateSecret(request -> request.secretId(secret.name).description("for the app"))
                        .versionId())
                .isNull();
        assertThat(secret.describe().description()).isEqualTo("for the app");
        assertThat(secret.versions()).containsOnlyKeys(TestSecret.FIRST_VERSION);
    }

    /**
     * According to the API reference, a repeated UpdateSecret with the same token fails. AWS was observed to accept it
     * if the value is the same too.
     */
    @Test
    void repeatsAnUpdateWithTheSameTokenAndValue() {
        String second = secret.client
                .updateSecret(request -> request.secretId(secret.name).secretString("two"))
                .versionId();
        assertThat(secret.client
                        .updateSecret(request -> request.secretId(secret.name)
                                .secretString("two")
                                .clientRequestToken(second))
                        .versionId())
                .isEqualTo(second);
        assertThat(secret.versions())
                .isEqualTo(Map.of(TestSecret.FIRST_VERSION, List.of("AWSPREVIOUS"), second, List.of("AWSCURRENT")));
    }

    @Test
    void rejectsAnUpdateWithTheSameTokenAndAnotherValue() {
        String second = secret.client
                .updateSecret(request -> request.secretId(secret.name).secretString("two"))
                .versionId();
        assertThat(secret.versions())
                .isEqualTo(Map.of(TestSecret.FIRST_VERSION, List.of("AWSPREVIOUS"), second, List.of("AWSCURRENT")));
        assertThatThrownBy(() -> secret.client.updateSecret(request ->
                        request.secretId(secret.name).secretString("three").clientRequestToken(second)))
                .isInstanceOf(ResourceExistsException.class);
    }

    @Test
    void listsVersionsWithoutLabelsOnlyOnRequest() {
        List<String> all = five();
        assertThat(listed(request -> {})).containsExactlyInAnyOrderElementsOf(all.subList(3, 5));
        assertThat(listed(request -> request.includeDeprecated(true))).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void paginatesVersions() {
        List<String> all = five();
        assertThat(secret.client
                        .listSecretVersionIds(request -> request.secretId(secret.name)
                                .includeDeprecated(true)
                                .maxResults(2))
                        .versions())
                .hasSize(2);
        assertThat(listed(request -> request.includeDeprecated(true).maxResults(2)))
                .containsExactlyInAnyOrderElementsOf(all);
    }

    private List<String> five() {
        List<String> all = new ArrayList<>(List.of(TestSecret.FIRST_VERSION));
        IntStream.range(0, 4).forEach(i -> all.add(secret.put(request -> request.secretString("value " + i))));
        return all;
    }

    private void assertRejected(Consumer<PutSecretValueRequest.Builder> request) {
        TestSecret.assertRefused(() -> secret.put(request)).hasMessageNotContaining(CANARY);
    }

    private List<String> listed(Consumer<ListSecretVersionIdsRequest.Builder> more) {
        return secret
                .client
                .listSecretVersionIdsPaginator(request -> more.accept(request.secretId(secret.name)))
                .stream()
                .flatMap(page -> page.versions().stream())
                .map(SecretVersionsListEntry::versionId)
                .toList();
    }

    private static List<String> labels(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).toList();
    }
}
