package io.reverser.rotation;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.secretsmanager.model.Tag;

/** The secret in Secrets Manager. */
final class Secret {

    private final SecretsManagerClient client;
    private final String id;

    /** The secret of this name or ARN. */
    Secret(SecretsManagerClient client, String id) {
        this.client = client;
        this.id = id;
    }

    /** Whether an event is about this secret: its ARN, or what that ends with is its name and six characters. */
    boolean isMeant(String arn) {
        return arn.equals(id) || arn.matches("arn:.*:secret:" + Pattern.quote(id) + "(-[A-Za-z0-9]{6})?");
    }

    SecretState state() {
        DescribeSecretResponse found = client.describeSecret(request -> request.secretId(id));
        return new SecretState(
                Boolean.TRUE.equals(found.rotationEnabled()),
                Stream.of(found.lastRotatedDate(), found.createdDate())
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(Instant.EPOCH),
                found.versionIdsToStages().entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, version -> Set.copyOf(version.getValue()))),
                found.tags().stream().collect(Collectors.toMap(Tag::key, Tag::value)),
                date(found));
    }

    /** The version that applications get. */
    DatabaseSecret current() {
        return DatabaseSecret.read(text(client.getSecretValue(request -> request.secretId(id))));
    }

    /** A version; nothing when it has no value, or there is none. */
    Optional<DatabaseSecret> version(String version) {
        try {
            return Optional.of(DatabaseSecret.read(
                    text(client.getSecretValue(request -> request.secretId(id).versionId(version)))));
        } catch (ResourceNotFoundException none) {
            return Optional.empty();
        }
    }

    /** A version that has to be there. */
    DatabaseSecret required(String version) {
        return version(version).orElseThrow(() -> new UnusableSecret("has no version " + version + " any more"));
    }

    /** Throws when a version is not pending, because it is not to be gone on with then. */
    void mustBePending(String version) {
        if (!state().isPending(version)) {
            throw new StepFailure(Wording.notPending(version));
        }
    }

    /** Throws when applications get another version than this one. */
    void mustBeCurrent(String version) {
        if (!state().isCurrent(version)) {
            throw new StepFailure(Wording.CHANGED_BY_HAND);
        }
    }

    /** Throws when applications get this version. */
    void mustNotBeCurrent(String version) {
        if (state().isCurrent(version)) {
            throw new StepFailure(Wording.CHANGED_BY_HAND);
        }
    }

    /** Gives a pending version its value; twice the same is as good as once. */
    void put(String version, DatabaseSecret value, Optional<String> rotationToken) {
        client.putSecretValue(request -> request.secretId(id)
                .clientRequestToken(version)
                .secretString(value.text())
                .versionStages(SecretState.PENDING)
                .rotationToken(rotationToken.orElse(null)));
    }

    /** Makes a version the current one, if the other one still is. */
    void promote(String version, String instead) {
        client.updateSecretVersionStage(request -> request.secretId(id)
                .versionStage(SecretState.CURRENT)
                .moveToVersionId(version)
                .removeFromVersionId(instead));
    }

    /** Takes {@code AWSPENDING} from a version, so that the next rotation is not refused. */
    void unstage(String version) {
        client.updateSecretVersionStage(request ->
                request.secretId(id).versionStage(SecretState.PENDING).removeFromVersionId(version));
    }

    /** Begins a rotation; again with the same version, nothing happens. */
    void rotate(String version) {
        client.rotateSecret(request -> request.secretId(id).clientRequestToken(version));
    }

    private static String text(GetSecretValueResponse found) {
        return Optional.ofNullable(found.secretString()).orElseThrow(() -> new UnusableSecret("is no text"));
    }

    private static Instant date(SdkResponse response) {
        return response.sdkHttpResponse()
                .firstMatchingHeader("Date")
                .map(date -> ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant())
                .orElse(Instant.EPOCH);
    }
}
