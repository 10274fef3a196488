package io.reverser.simulators.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The calls about the versions of a secret. With the monitor of the secrets held. */
final class SecretVersionCalls {

    private static final int MOST_RESULTS = 100;

    private final Secrets secrets;

    SecretVersionCalls(Secrets secrets) {
        this.secrets = secrets;
    }

    JsonNode get(Secret secret, JsonNode body) {
        SecretVersion version = secret.versions().get(text(body, "VersionId"), text(body, "VersionStage"));
        secret.read(secrets.now());
        return SecretAnswers.value(secret, version);
    }

    JsonNode put(Secret secret, JsonNode body) {
        String token = SecretRules.token(body);
        SecretRules.rotationToken(body);
        SecretValue value = SecretValue.in(body).orElseThrow(SecretValue::missing);
        secret.put(token, value, SecretRules.labels(body), secrets.now());
        return SecretAnswers.labelled(secret, token);
    }

    JsonNode update(Secret secret, JsonNode body) {
        String token = SecretRules.token(body);
        Optional<SecretValue> value = SecretValue.in(body);
        boolean same = secret.versions().value(token).equals(value);
        if (value.isPresent() && secret.versions().has(token) && !same) {
            throw SecretVersions.exists(token);
        }
        describe(secret, body);
        value.ifPresent(given -> secret.put(token, given, Set.of(StagingLabels.CURRENT), secrets.now()));
        return value.isPresent() ? SecretAnswers.identity(secret, token) : SecretAnswers.identity(secret);
    }

    void describe(Secret secret, JsonNode body) {
        text(body, "Description").ifPresent(description -> secret.describe(description, secrets.now()));
    }

    JsonNode move(Secret secret, Call call) {
        String label = SecretRules.label(call.required("VersionStage"));
        secret.versions().move(label, text(call.body(), "MoveToVersionId"), text(call.body(), "RemoveFromVersionId"));
        secret.changed(secrets.now());
        return SecretAnswers.identity(secret);
    }

    JsonNode list(Secret secret, JsonNode body) {
        boolean all = body.path("IncludeDeprecated").asBoolean();
        int most = body.path("MaxResults").asInt(MOST_RESULTS);
        if (most < 1 || most > MOST_RESULTS) {
            throw AwsError.invalid("MaxResults must be between 1 and %d.".formatted(MOST_RESULTS));
        }
        List<SecretVersion> left = secret.versions().all().stream()
                .filter(version ->
                        all || !secret.versions().labels().of(version.id()).isEmpty())
                .toList();
        Optional<String> token = text(body, "NextToken");
        List<SecretVersion> page = token.map(last -> after(last, left)).orElse(left);
        ObjectNode answer =
                SecretAnswers.listed(secret, page.stream().limit(most).toList());
        return page.size() > most ? answer.put("NextToken", page.get(most - 1).id()) : answer;
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
