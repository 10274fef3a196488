package io.reverser.rotation.rotator.secret;

import io.reverser.rotation.rotator.text.RotationText;
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

/** The rotated secret in Secrets Manager. */
public final class SecretsManagerSecret {

    private final SecretsManagerClient client;
    private final String id;

    /** The secret with this name or ARN. */
    public SecretsManagerSecret(SecretsManagerClient client, String id) {
        this.client = client;
        this.id = id;
    }

    /**
     * Whether this is the ARN of the secret. Such an ARN ends with the name of the secret and six random characters.
     */
    public boolean matches(String arn) {
        return arn.equals(id) || arn.matches("arn:.*:secret:" + Pattern.quote(id) + "(-[A-Za-z0-9]{6})?");
    }

    public SecretState describe() {
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
                parseServerTime(found));
    }

    /** The value of the current version, which applications get. */
    public DatabaseSecret getCurrentVersion() {
        return DatabaseSecret.parse(text(client.getSecretValue(request -> request.secretId(id))));
    }

    /** The value of a version; empty when the version does not exist or has no value yet. */
    public Optional<DatabaseSecret> findVersion(String version) {
        try {
            return Optional.of(DatabaseSecret.parse(
                    text(client.getSecretValue(request -> request.secretId(id).versionId(version)))));
        } catch (ResourceNotFoundException none) {
            return Optional.empty();
        }
    }

    public DatabaseSecret getVersion(String version) {
        return findVersion(version)
                .orElseThrow(() -> new InvalidSecretException("no longer has the version " + version));
    }

    /** Throws when a version is not pending, which means that its rotation was cancelled. */
    public void requirePending(String version) {
        if (!describe().isPending(version)) {
            throw new StepFailedException(RotationText.notPending(version));
        }
    }

    /** Throws when this version is not current. */
    public void requireCurrent(String version) {
        if (!describe().isCurrent(version)) {
            throw new StepFailedException(RotationText.CURRENT_VERSION_CHANGED);
        }
    }

    /** Throws when this version is current. */
    public void requireNotCurrent(String version) {
        if (describe().isCurrent(version)) {
            throw new StepFailedException(RotationText.CURRENT_VERSION_CHANGED);
        }
    }

    /** Sets the value of a pending version. Idempotent for the same value. */
    public void putVersion(String version, DatabaseSecret value, Optional<String> rotationToken) {
        client.putSecretValue(request -> request.secretId(id)
                .clientRequestToken(version)
                .secretString(value.text())
                .versionStages(SecretState.PENDING)
                .rotationToken(rotationToken.orElse(null)));
    }

    /** Makes a version current, on the condition that {@code currentVersion} still is the current version. */
    public void promote(String version, String currentVersion) {
        client.updateSecretVersionStage(request -> request.secretId(id)
                .versionStage(SecretState.CURRENT)
                .moveToVersionId(version)
                .removeFromVersionId(currentVersion));
    }

    /** Removes {@code AWSPENDING} from a version, so that Secrets Manager accepts the next rotation. */
    public void removePendingLabel(String version) {
        client.updateSecretVersionStage(request ->
                request.secretId(id).versionStage(SecretState.PENDING).removeFromVersionId(version));
    }

    /** Starts a rotation to this new version. Idempotent for the same version. */
    public void rotate(String version) {
        client.rotateSecret(request -> request.secretId(id).clientRequestToken(version));
    }

    private static String text(GetSecretValueResponse found) {
        return Optional.ofNullable(found.secretString())
                .orElseThrow(() -> new InvalidSecretException("is binary; expected a string"));
    }

    private static Instant parseServerTime(SdkResponse response) {
        return response.sdkHttpResponse()
                .firstMatchingHeader("Date")
                .map(date -> ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant())
                .orElse(Instant.EPOCH);
    }
}
