package io.reverser.simulators.aws.secretsmanager;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.simulators.aws.api.AwsError;
import io.reverser.simulators.aws.api.AwsRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The calls about the versions of a secret. With the monitor of the secrets held. */
final class SecretVersionOperations {

    private static final int MAX_RESULTS = 100;

    private final SecretRepository secrets;

    SecretVersionOperations(SecretRepository secrets) {
        this.secrets = secrets;
    }

    JsonNode getValue(StoredSecret secret, JsonNode body) {
        SecretVersion version = secret.versions().get(text(body, "VersionId"), text(body, "VersionStage"));
        secret.markAccessed(secrets.now());
        return SecretResponses.value(secret, version);
    }

    JsonNode putValue(StoredSecret secret, JsonNode body) {
        String token = SecretValidator.parseToken(body);
        SecretValidator.validateRotationToken(body);
        SecretValue value = SecretValue.parse(body).orElseThrow(SecretValue::missing);
        secret.putVersion(token, value, SecretValidator.parseLabels(body), secrets.now());
        return SecretResponses.identityWithStages(secret, token);
    }

    JsonNode updateSecret(StoredSecret secret, JsonNode body) {
        String token = SecretValidator.parseToken(body);
        Optional<SecretValue> value = SecretValue.parse(body);
        boolean same = secret.versions().value(token).equals(value);
        if (value.isPresent() && secret.versions().contains(token) && !same) {
            throw SecretVersions.alreadyExists(token);
        }
        describe(secret, body);
        value.ifPresent(given -> secret.putVersion(token, given, Set.of(StagingLabels.CURRENT), secrets.now()));
        return value.isPresent() ? SecretResponses.identity(secret, token) : SecretResponses.identity(secret);
    }

    void describe(StoredSecret secret, JsonNode body) {
        text(body, "Description").ifPresent(description -> secret.setDescription(description, secrets.now()));
    }

    JsonNode updateStage(StoredSecret secret, AwsRequest request) {
        String label = SecretValidator.validateLabel(request.requiredField("VersionStage"));
        secret.versions()
                .move(label, text(request.body(), "MoveToVersionId"), text(request.body(), "RemoveFromVersionId"));
        secret.markChanged(secrets.now());
        return SecretResponses.identity(secret);
    }

    JsonNode listVersionIds(StoredSecret secret, JsonNode body) {
        boolean includeDeprecated = body.path("IncludeDeprecated").asBoolean();
        int pageSize = body.path("MaxResults").asInt(MAX_RESULTS);
        if (pageSize < 1 || pageSize > MAX_RESULTS) {
            throw AwsError.invalidParameter("MaxResults must be between 1 and %d.".formatted(MAX_RESULTS));
        }
        List<SecretVersion> matching = secret.versions().all().stream()
                .filter(version -> includeDeprecated
                        || !secret.versions().labels().labelsOf(version.id()).isEmpty())
                .toList();
        Optional<String> token = text(body, "NextToken");
        List<SecretVersion> page = token.map(last -> after(last, matching)).orElse(matching);
        ObjectNode response = SecretResponses.versionList(
                secret, page.stream().limit(pageSize).toList());
        return page.size() > pageSize
                ? response.put("NextToken", page.get(pageSize - 1).id())
                : response;
    }

    private static List<SecretVersion> after(String last, List<SecretVersion> versions) {
        return versions.stream()
                .dropWhile(version -> !version.id().equals(last))
                .skip(1)
                .toList();
    }

    private static Optional<String> text(JsonNode body, String field) {
        return Optional.of(body.path(field).asText()).filter(text -> !text.isEmpty());
    }
}
