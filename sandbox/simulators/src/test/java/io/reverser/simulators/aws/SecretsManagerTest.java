package io.reverser.simulators.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.InvalidParameterException;
import software.amazon.awssdk.services.secretsmanager.model.InvalidRequestException;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretVersionIdsRequest;
import software.amazon.awssdk.services.secretsmanager.model.PutSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.ResourceExistsException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.secretsmanager.model.SecretVersionsListEntry;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;
import software.amazon.awssdk.services.secretsmanager.model.Tag;

/** Behaves as Secrets Manager's API reference says, seen through the real SDK. */
class SecretsManagerTest {

    private static final String TOKEN = "11111111-1111-1111-1111-111111111111";
    private static final String CANARY = "canary-0123456789";

    private final AwsEndpoint aws = AwsEndpoint.start();
    private final SecretsManagerClient secrets = Clients.client(SecretsManagerClient.builder(), aws);

    @AfterEach
    void close() {
        secrets.close();
        aws.close();
    }

    @Test
    void givesASecretOut() {
        aws.secrets().put("slack", "value");
        assertThat(secrets.getSecretValue(request -> request.secretId("slack")).secretString())
                .isEqualTo("value");
        assertThatThrownBy(() -> secrets.getSecretValue(request -> request.secretId("other")))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("Secrets Manager can't find the specified secret.");
    }

    @Test
    void createsASecretWithAnArnOfItsOwn() {
        CreateSecretResponse created = create("database/app", "one");
        assertThat(created.arn()).matches(".*:secret:database/app-[A-Za-z0-9]{6}");
        assertThat(created.versionId()).isEqualTo(TOKEN);
        assertThat(value("database/app")).satisfies(value -> {
            assertThat(value.arn()).isEqualTo(created.arn());
            assertThat(value.name()).isEqualTo("database/app");
            assertThat(value.versionId()).isEqualTo(TOKEN);
            assertThat(value.versionStages()).containsExactly("AWSCURRENT");
            assertThat(value.secretString()).isEqualTo("one");
            assertThat(value.createdDate()).isCloseTo(aws.clock().instant(), within(5, ChronoUnit.SECONDS));
        });
        assertThat(create("database/app", "one")).isEqualTo(created);
        assertThatThrownBy(() -> create("database/app", "two")).isInstanceOf(ResourceExistsException.class);
    }

    @Test
    void findsASecretByItsNameItsArnAndAPartOfItsArn() {
        String arn = create("app", "one").arn();
        String part = arn.substring(0, arn.length() - 7);
        assertThat(List.of("app", arn, part)).allMatch(id -> value(id).arn().equals(arn));
        assertThatThrownBy(() -> value(part + "-AbCdEf")).isInstanceOf(ResourceNotFoundException.class);
        String trap = secrets.createSecret(request -> request.name("app-secret").secretString("x"))
                .arn();
        assertThatThrownBy(() -> value(trap.substring(0, trap.length() - 7)))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void makesASecretWithoutAValue() {
        assertThat(secrets.createSecret(request -> request.name("empty")).versionId())
                .isNull();
        assertThatThrownBy(() -> value("empty"))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("secret value for staging label: AWSCURRENT");
        secrets.putSecretValue(
                request -> request.secretId("empty").secretString("first").versionStages("mine"));
        assertThat(value("empty").versionStages()).containsExactly("AWSCURRENT", "mine");
    }

    @Test
    void putsANewVersionAndKeepsThePreviousOne() {
        create("app", "one");
        String second = put(request -> request.secretString("two"));
        String third = put(request -> request.secretString("three"));
        assertThat(described().versionIdsToStages())
                .isEqualTo(Map.of(second, List.of("AWSPREVIOUS"), third, List.of("AWSCURRENT")));
        assertThat(secrets.getSecretValue(request -> request.secretId("app").versionStage("AWSPREVIOUS"))
                        .secretString())
                .isEqualTo("two");
        assertThat(secrets.getSecretValue(request -> request.secretId("app").versionId(TOKEN))
                        .secretString())
                .isEqualTo("one");
    }

    @Test
    void putsTheSameOnceAndRefusesSomethingElseForTheSameVersion() {
        create("app", "one");
        String token = "22222222-2222-2222-2222-222222222222";
        IntStream.range(0, 2)
                .forEach(again -> put(request ->
                        request.secretString(CANARY).clientRequestToken(token).versionStages("AWSPENDING")));
        assertThat(described().versionIdsToStages())
                .isEqualTo(Map.of(TOKEN, List.of("AWSCURRENT"), token, List.of("AWSPENDING")));
        assertThatThrownBy(() ->
                        put(request -> request.secretString("other " + CANARY).clientRequestToken(token)))
                .isInstanceOf(ResourceExistsException.class)
                .hasMessageContaining(token)
                .hasMessageNotContaining(CANARY);
    }

    @Test
    void wantsBothTheVersionAndTheLabelToMatch() {
        create("app", "one");
        String second = put(request -> request.secretString("two"));
        assertThat(secrets.getSecretValue(request ->
                                request.secretId("app").versionId(second).versionStage("AWSCURRENT"))
                        .secretString())
                .isEqualTo("two");
        assertThatThrownBy(() -> secrets.getSecretValue(
                        request -> request.secretId("app").versionId(second).versionStage("AWSPENDING")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("VersionStage that is not associated");
        assertThatThrownBy(() -> secrets.getSecretValue(
                        request -> request.secretId("app").versionId("3".repeat(32))))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("VersionId: 333");
        assertThatThrownBy(() -> secrets.getSecretValue(
                        request -> request.secretId("app").versionStage("AWSPENDING")))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("staging label: AWSPENDING");
    }

    @ParameterizedTest
    @CsvSource({"65536, 1", "16384, 4"})
    void countsTheBytesOfAValue(int characters, int bytes) {
        String text = (bytes == 1 ? "x" : "🔑").repeat(characters);
        create("app", text);
        assertThat(value("app").secretString()).isEqualTo(text);
        assertThatThrownBy(() -> put(request -> request.secretString(text + "x")))
                .isInstanceOf(InvalidParameterException.class);
        assertThatThrownBy(() -> put(request -> request.secretString("")))
                .isInstanceOf(InvalidParameterException.class);
    }

    @Test
    void keepsBytesToo() {
        create("app", "one");
        put(request -> request.secretBinary(SdkBytes.fromByteArray(new byte[] {0, -1, 7})));
        assertThat(value("app").secretBinary().asByteArray()).containsExactly(0, -1, 7);
        assertThat(value("app").secretString()).isNull();
        assertThatThrownBy(() ->
                        put(request -> request.secretString(CANARY).secretBinary(SdkBytes.fromUtf8String(CANARY))))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageNotContaining(CANARY);
        assertThatThrownBy(() -> put(request -> {})).isInstanceOf(InvalidParameterException.class);
    }

    @Test
    void refusesTokensAndLabelsOfOtherLengths() {
        create("app", "one");
        refusesPut(request -> request.clientRequestToken("4".repeat(31)));
        refusesPut(request -> request.clientRequestToken("4".repeat(65)));
        refusesPut(request -> request.rotationToken("4".repeat(35)));
        refusesPut(request -> request.rotationToken("4".repeat(257)));
        refusesPut(request -> request.versionStages("x".repeat(257)));
        refusesPut(request -> request.versionStages(List.of()));
        refusesPut(request -> request.versionStages(
                IntStream.range(0, 21).mapToObj(Integer::toString).toList()));
        put(request -> request.secretString("x")
                .clientRequestToken("4".repeat(64))
                .rotationToken("4".repeat(256))
                .versionStages(
                        IntStream.range(0, 20).mapToObj(Integer::toString).toList()));
    }

    /** As Terraform's tests have found: a new value ends what a rotation had begun. */
    @Test
    void takesThePendingLabelAwayWhenSomebodyMakesAnotherVersion() {
        create("app", "one");
        put(request -> request.secretString("two").versionStages("AWSPENDING"));
        put(request -> request.secretString("three"));
        assertThat(aws.secrets().labels("app")).containsOnlyKeys("AWSCURRENT", "AWSPREVIOUS");
        String fourth = put(request -> request.secretString("four").versionStages("AWSPENDING"));
        String fifth = put(request -> request.secretString("five").versionStages("AWSPENDING"));
        assertThat(aws.secrets().labels("app")).containsEntry("AWSPENDING", fifth);
        assertThat(described().versionIdsToStages()).doesNotContainKey(fourth);
    }

    @Test
    void updatesTheDescriptionAndTheValue() {
        create("app", "one");
        assertThat(secrets.updateSecret(request -> request.secretId("app").description("for the app"))
                        .versionId())
                .isNull();
        String second = secrets.updateSecret(request -> request.secretId("app").secretString("two"))
                .versionId();
        assertThat(described().description()).isEqualTo("for the app");
        assertThat(described().versionIdsToStages())
                .isEqualTo(Map.of(TOKEN, List.of("AWSPREVIOUS"), second, List.of("AWSCURRENT")));
        assertThatThrownBy(() -> secrets.updateSecret(
                        request -> request.secretId("app").secretString("two").clientRequestToken(second)))
                .isInstanceOf(ResourceExistsException.class);
    }

    @Test
    void describesWithTheTimesOfItsClock() {
        aws.clock().move(Duration.ofDays(100));
        Instant created = aws.clock().instant();
        create("app", "one");
        aws.clock().move(Duration.ofDays(3));
        put(request -> request.secretString("two"));
        assertThat(described()).satisfies(shown -> {
            assertThat(shown.name()).isEqualTo("app");
            assertThat(shown.arn()).isEqualTo(aws.secrets().arn("app"));
            assertThat(shown.createdDate()).isCloseTo(created, within(5, ChronoUnit.SECONDS));
            assertThat(shown.lastChangedDate())
                    .isCloseTo(created.plus(Duration.ofDays(3)), within(5, ChronoUnit.SECONDS));
            assertThat(shown.rotationEnabled()).isNull();
            assertThat(shown.rotationRules()).isNull();
            assertThat(shown.lastRotatedDate()).isNull();
            assertThat(shown.nextRotationDate()).isNull();
            assertThat(shown.lastAccessedDate()).isNull();
            assertThat(shown.deletedDate()).isNull();
        });
        value("app");
        assertThat(described().lastAccessedDate())
                .isEqualTo(aws.clock().instant().truncatedTo(ChronoUnit.DAYS));
    }

    @Test
    void listsVersionsWithoutLabelsOnlyOnRequest() {
        create("app", "one");
        List<String> all = new ArrayList<>(List.of(TOKEN));
        IntStream.range(0, 4).forEach(i -> all.add(put(request -> request.secretString("value " + i))));
        assertThat(listed(request -> {})).containsExactlyElementsOf(all.subList(3, 5));
        assertThat(listed(request -> request.includeDeprecated(true))).containsExactlyElementsOf(all);
        assertThat(listed(request -> request.includeDeprecated(true).maxResults(2)))
                .containsExactlyElementsOf(all);
    }

    @Test
    void forgetsOldVersionsWithoutLabels() {
        create("app", "one");
        IntStream.range(0, 110).forEach(i -> aws.secrets().put("app", "value " + i));
        assertThat(listed(request -> request.includeDeprecated(true))).hasSize(111);
        aws.clock().move(Duration.ofDays(2));
        aws.secrets().put("app", "last");
        assertThat(listed(request -> request.includeDeprecated(true)))
                .hasSize(102)
                .doesNotContain(TOKEN);
    }

    @Test
    void addsAndRemovesTags() {
        create("app", "one");
        secrets.tagResource(request -> request.secretId("app").tags(tag("rotation:by", "ada"), tag("team", "shop")));
        secrets.tagResource(request -> request.secretId("app").tags(tag("team", "platform")));
        assertThat(described().tags()).containsExactly(tag("rotation:by", "ada"), tag("team", "platform"));
        secrets.untagResource(request -> request.secretId("app").tagKeys("rotation:by", "none"));
        assertThat(described().tags()).containsExactly(tag("team", "platform"));
    }

    @ParameterizedTest
    @CsvSource({"aws:mine, x", "'', x", "why, 'a (b)'", "why, 'a, b'"})
    void refusesTagsThatAreNone(String key, String value) {
        create("app", "one");
        assertThatThrownBy(() ->
                        secrets.tagResource(request -> request.secretId("app").tags(tag(key, value))))
                .isInstanceOf(InvalidParameterException.class);
    }

    @Test
    void takesFiftyTagsAndNoMoreNorLongerOnes() {
        create("app", "one");
        IntStream.range(0, 50)
                .forEach(i ->
                        secrets.tagResource(request -> request.secretId("app").tags(tag("k" + i, "v".repeat(256)))));
        assertThatThrownBy(() ->
                        secrets.tagResource(request -> request.secretId("app").tags(tag("another", "x"))))
                .isInstanceOf(InvalidParameterException.class);
        assertThatThrownBy(() ->
                        secrets.tagResource(request -> request.secretId("app").tags(tag("k1", "v".repeat(257)))))
                .isInstanceOf(InvalidParameterException.class);
    }

    @Test
    void readsNothingOfASecretThatIsAboutToBeDeleted() {
        String arn = create("app", "one").arn();
        Instant deletion = secrets.deleteSecret(
                        request -> request.secretId("app").recoveryWindowInDays(7L))
                .deletionDate();
        assertThat(described().deletedDate()).isEqualTo(deletion);
        assertThatThrownBy(() -> value("app"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("marked for deletion");
        assertThatThrownBy(() -> put(request -> request.secretString("two")))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> create("app", "one")).isInstanceOf(InvalidRequestException.class);
        aws.clock().move(Duration.ofDays(8));
        assertThatThrownBy(this::described).isInstanceOf(ResourceNotFoundException.class);
        assertThat(create("app", "one").arn()).isNotEqualTo(arn);
    }

    @Test
    void deletesAtOnceOnlyByForce() {
        create("app", "one");
        assertThatThrownBy(() -> secrets.deleteSecret(request ->
                        request.secretId("app").recoveryWindowInDays(7L).forceDeleteWithoutRecovery(true)))
                .isInstanceOf(InvalidParameterException.class);
        assertThatThrownBy(() ->
                        secrets.deleteSecret(request -> request.secretId("app").recoveryWindowInDays(6L)))
                .isInstanceOf(InvalidParameterException.class);
        secrets.deleteSecret(request -> request.secretId("app").forceDeleteWithoutRecovery(true));
        assertThatThrownBy(this::described).isInstanceOf(ResourceNotFoundException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"with space", "ümlaut", "a:b"})
    void refusesNamesThatAreNone(String name) {
        assertThatThrownBy(() -> create(name, CANARY))
                .isInstanceOf(SecretsManagerException.class)
                .hasMessageContaining("Invalid name")
                .hasMessageNotContaining(CANARY);
    }

    @Test
    void isReadPastTheApi() {
        aws.secrets().put("app", "one");
        aws.secrets().put("app", "two");
        assertThat(aws.secrets().value("app", "AWSCURRENT")).contains("two");
        assertThat(aws.secrets().value("app", "AWSPREVIOUS")).contains("one");
        assertThat(aws.secrets().value("app", "AWSPENDING")).isEqualTo(Optional.empty());
        assertThat(aws.faults().calls()).isEmpty();
    }

    private CreateSecretResponse create(String name, String value) {
        return secrets.createSecret(
                request -> request.name(name).secretString(value).clientRequestToken(TOKEN));
    }

    private String put(Consumer<PutSecretValueRequest.Builder> more) {
        return secrets.putSecretValue(request -> more.accept(request.secretId("app")))
                .versionId();
    }

    private void refusesPut(Consumer<PutSecretValueRequest.Builder> more) {
        assertThatThrownBy(() -> put(more.andThen(request -> request.secretString(CANARY))))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageNotContaining(CANARY);
    }

    private GetSecretValueResponse value(String id) {
        return secrets.getSecretValue(request -> request.secretId(id));
    }

    private DescribeSecretResponse described() {
        return secrets.describeSecret(request -> request.secretId("app"));
    }

    private List<String> listed(Consumer<ListSecretVersionIdsRequest.Builder> more) {
        return secrets.listSecretVersionIdsPaginator(request -> more.accept(request.secretId("app"))).stream()
                .flatMap(page -> page.versions().stream())
                .map(SecretVersionsListEntry::versionId)
                .toList();
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }
}
