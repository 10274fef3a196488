package io.reverser.simulators.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * AWS Secrets Manager: secrets, their versions and staging labels.
 *
 * <p>Not simulated: who may do what (IAM, resource policies), KMS and its keys, replication, recovery of deleted secrets,
 * ListSecrets and BatchGetSecretValue, managed rotation by other services, rate limits. A secret whose recovery window is over
 * is gone at once.
 *
 * @see <a href="https://docs.aws.amazon.com/secretsmanager/latest/apireference/Welcome.html">API reference</a>
 */
public final class SecretsManager implements Service {

    private static final int MOST_RESULTS = 100;
    private static final int RECOVERY_DAYS = 30;
    private static final int FEWEST_RECOVERY_DAYS = 7;

    private final Secrets secrets;

    SecretsManager(InstantSource clock) {
        this.secrets = new Secrets(clock);
    }

    /** Sets a secret, as somebody would by hand. */
    public void put(String name, String value) {
        synchronized (secrets) {
            secrets.named(name)
                    .orElseGet(() -> secrets.make(name))
                    .put(
                            UUID.randomUUID().toString(),
                            SecretValue.text(value),
                            Set.of(StagingLabels.CURRENT),
                            secrets.now());
        }
    }

    /** The text under this label of a secret, read past the API. */
    public Optional<String> value(String secretId, String label) {
        synchronized (secrets) {
            SecretVersions versions = secrets.get(secretId).versions();
            return versions.labels().holder(label).flatMap(versions::value).map(SecretValue::content);
        }
    }

    /** The labels of a secret, each with the version that it is on. */
    public Map<String, String> labels(String secretId) {
        synchronized (secrets) {
            return secrets.get(secretId).versions().labels().all();
        }
    }

    /** The whole ARN of a secret. */
    public String arn(String secretId) {
        synchronized (secrets) {
            return secrets.get(secretId).arn();
        }
    }

    @Override
    public String name() {
        return "SecretsManager";
    }

    @Override
    public String operation(String method, List<String> path) {
        return "Unknown";
    }

    @Override
    public JsonNode answer(Call call) {
        synchronized (secrets) {
            return switch (call.operation()) {
                case "CreateSecret" -> create(call);
                case "DeleteSecret" -> delete(call);
                case "DescribeSecret" -> SecretAnswers.described(secrets.get(call.required("SecretId")));
                case "GetRandomPassword" ->
                    JsonNodeFactory.instance.objectNode().put("RandomPassword", RandomPassword.of(call.body()));
                case "GetSecretValue" -> get(live(call), call.body());
                case "ListSecretVersionIds" -> versions(call);
                case "PutSecretValue" -> put(live(call), call.body());
                case "TagResource" -> tag(live(call), call.body());
                case "UntagResource" -> untag(live(call), call.body());
                case "UpdateSecret" -> update(live(call), call.body());
                case "UpdateSecretVersionStage" -> move(live(call), call);
                default -> throw new AwsError(400, "UnknownOperationException", "No such operation");
            };
        }
    }

    private Secret live(Call call) {
        return secrets.live(call.required("SecretId"));
    }

    private JsonNode create(Call call) {
        String name = SecretRules.name(call.required("Name"));
        String token = SecretRules.token(call.body());
        Optional<SecretValue> value = SecretValue.in(call.body());
        Map<String, String> tags = SecretRules.tags(call.body().path("Tags"));
        Tags.check(tags);
        Optional<Secret> present = secrets.named(name);
        if (present.isPresent()) {
            return again(present.get(), token, value);
        }
        Secret secret = secrets.make(name);
        secret.tag(tags, secrets.now());
        describe(secret, call.body());
        value.ifPresent(given -> secret.put(token, given, Set.of(StagingLabels.CURRENT), secrets.now()));
        return value.isPresent() ? SecretAnswers.identity(secret, token) : SecretAnswers.identity(secret);
    }

    /** The same call once more finds what the first one made. */
    private static JsonNode again(Secret secret, String token, Optional<SecretValue> value) {
        if (secret.deletion().isPresent()) {
            throw new AwsError(
                    400,
                    "InvalidRequestException",
                    "You can't create this secret because a secret with this name is already scheduled for deletion.");
        }
        boolean same = value.isPresent() && secret.versions().value(token).equals(value);
        if (!same) {
            throw new AwsError(
                    400,
                    "ResourceExistsException",
                    "The operation failed because the secret %s already exists.".formatted(secret.name()));
        }
        return SecretAnswers.identity(secret, token);
    }

    private JsonNode delete(Call call) {
        Secret secret = secrets.get(call.required("SecretId"));
        boolean force = call.body().path("ForceDeleteWithoutRecovery").asBoolean();
        int days = call.body().path("RecoveryWindowInDays").asInt(RECOVERY_DAYS);
        if (force && call.body().has("RecoveryWindowInDays")) {
            throw AwsError.invalid(
                    "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.");
        }
        if (days < FEWEST_RECOVERY_DAYS || days > RECOVERY_DAYS) {
            throw AwsError.invalid("The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).");
        }
        Instant now = secrets.now();
        Instant time = force ? now : now.plus(Duration.ofDays(days));
        if (force) {
            secrets.remove(secret);
        } else {
            secrets.live(secret.arn()).deleteAt(time, now);
        }
        return SecretAnswers.identity(secret).put("DeletionDate", SecretAnswers.seconds(time));
    }

    private JsonNode get(Secret secret, JsonNode body) {
        SecretVersion version = secret.versions().get(text(body, "VersionId"), text(body, "VersionStage"));
        secret.read(secrets.now());
        return SecretAnswers.value(secret, version);
    }

    private JsonNode put(Secret secret, JsonNode body) {
        String token = SecretRules.token(body);
        SecretRules.rotationToken(body);
        SecretValue value = SecretValue.in(body)
                .orElseThrow(() -> AwsError.invalid("You must provide either SecretString or SecretBinary."));
        secret.put(token, value, SecretRules.labels(body), secrets.now());
        return SecretAnswers.labelled(secret, token);
    }

    private JsonNode update(Secret secret, JsonNode body) {
        String token = SecretRules.token(body);
        Optional<SecretValue> value = SecretValue.in(body);
        if (value.isPresent() && secret.versions().has(token)) {
            throw SecretVersions.exists(token);
        }
        describe(secret, body);
        value.ifPresent(given -> secret.put(token, given, Set.of(StagingLabels.CURRENT), secrets.now()));
        return value.isPresent() ? SecretAnswers.identity(secret, token) : SecretAnswers.identity(secret);
    }

    private void describe(Secret secret, JsonNode body) {
        text(body, "Description").ifPresent(description -> secret.describe(description, secrets.now()));
    }

    private JsonNode move(Secret secret, Call call) {
        String label = SecretRules.label(call.required("VersionStage"));
        secret.versions().move(label, text(call.body(), "MoveToVersionId"), text(call.body(), "RemoveFromVersionId"));
        secret.changed(secrets.now());
        return SecretAnswers.identity(secret);
    }

    private JsonNode tag(Secret secret, JsonNode body) {
        Map<String, String> tags = secret.tags();
        tags.putAll(SecretRules.tags(body.path("Tags")));
        Tags.check(tags);
        secret.tag(tags, secrets.now());
        return JsonNodeFactory.instance.objectNode();
    }

    private JsonNode untag(Secret secret, JsonNode body) {
        Map<String, String> tags = secret.tags();
        body.path("TagKeys").forEach(key -> tags.remove(key.asText()));
        secret.tag(tags, secrets.now());
        return JsonNodeFactory.instance.objectNode();
    }

    private JsonNode versions(Call call) {
        Secret secret = secrets.get(call.required("SecretId"));
        boolean all = call.body().path("IncludeDeprecated").asBoolean();
        int most = call.body().path("MaxResults").asInt(MOST_RESULTS);
        if (most < 1 || most > MOST_RESULTS) {
            throw AwsError.invalid("MaxResults must be between 1 and %d.".formatted(MOST_RESULTS));
        }
        List<SecretVersion> left = secret.versions().all().stream()
                .filter(version ->
                        all || !secret.versions().labels().of(version.id()).isEmpty())
                .toList();
        Optional<String> token = text(call.body(), "NextToken");
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
