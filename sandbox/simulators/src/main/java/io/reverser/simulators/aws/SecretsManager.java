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
 * AWS Secrets Manager: secrets, their versions and staging labels, and their rotation.
 *
 * <p>Not simulated: who may do what (IAM, resource policies), KMS and its keys, replication, recovery of deleted secrets,
 * ListSecrets and BatchGetSecretValue, managed rotation by other services, CloudTrail, rate limits, and the days that
 * DescribeSecret derives from an expression. A secret whose recovery window is over is gone at once.
 *
 * @see <a href="https://docs.aws.amazon.com/secretsmanager/latest/apireference/Welcome.html">API reference</a>
 */
public final class SecretsManager implements Service {

    private static final int RECOVERY_DAYS = 30;
    private static final int FEWEST_RECOVERY_DAYS = 7;

    private final Secrets secrets;
    private final Rotations rotations;
    private final SecretVersionCalls versions;

    SecretsManager(InstantSource clock) {
        this.secrets = new Secrets(clock);
        this.rotations = new Rotations(secrets);
        this.versions = new SecretVersionCalls(secrets);
    }

    /** How secrets are rotated. */
    public Rotations rotations() {
        return rotations;
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
            SecretVersions all = secrets.get(secretId).versions();
            return all.labels().holder(label).flatMap(all::value).map(SecretValue::content);
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
                case "CancelRotateSecret" -> cancel(live(call));
                case "CreateSecret" -> create(call);
                case "DeleteSecret" -> delete(call);
                case "DescribeSecret" -> SecretAnswers.described(secrets.get(call.required("SecretId")));
                case "GetRandomPassword" ->
                    JsonNodeFactory.instance.objectNode().put("RandomPassword", RandomPassword.of(call.body()));
                case "GetSecretValue" -> versions.get(live(call), call.body());
                case "ListSecretVersionIds" -> versions.list(secrets.get(call.required("SecretId")), call.body());
                case "PutSecretValue" -> versions.put(live(call), call.body());
                case "RotateSecret" -> rotate(live(call), call.body());
                case "TagResource" -> tag(live(call), call.body());
                case "UntagResource" -> untag(live(call), call.body());
                case "UpdateSecret" -> versions.update(live(call), call.body());
                case "UpdateSecretVersionStage" -> versions.move(live(call), call);
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
        versions.describe(secret, call.body());
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
        String id = call.required("SecretId");
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
        if (force && secrets.find(id).isEmpty()) {
            return deleted(JsonNodeFactory.instance.objectNode().put("ARN", id).put("Name", id), now);
        }
        Secret secret = secrets.get(id);
        Instant time = force ? now : now.plus(Duration.ofDays(days));
        rotations.stop(secret);
        if (force) {
            secrets.remove(secret);
        } else {
            secrets.live(secret.arn()).deleteAt(time, now);
        }
        return deleted(SecretAnswers.identity(secret), time);
    }

    private static JsonNode deleted(ObjectNode identity, Instant time) {
        return identity.put("DeletionDate", SecretAnswers.seconds(time));
    }

    private JsonNode rotate(Secret secret, JsonNode body) {
        String token = SecretRules.token(body);
        RotationSettings settings = RotationSettings.of(body, secret.rotation(), secrets.now());
        if (secret.versions().has(token)) {
            return SecretAnswers.identity(secret, token);
        }
        if (secret.versions().isRotating()) {
            rotations.reattempt(secret);
            throw new AwsError(
                    400,
                    "InvalidRequestException",
                    "A previous rotation isn't complete. That rotation will be reattempted.");
        }
        secret.rotateBy(settings, secrets.now());
        rotations.begin(secret, token, !body.path("RotateImmediately").asBoolean(true));
        return SecretAnswers.identity(secret, token);
    }

    private JsonNode cancel(Secret secret) {
        rotations.stop(secret);
        secret.rotation().ifPresent(settings -> secret.rotateBy(settings.off(), secrets.now()));
        return secret.versions()
                .labels()
                .holder(StagingLabels.PENDING)
                .map(version -> SecretAnswers.identity(secret, version))
                .orElseGet(() -> SecretAnswers.identity(secret));
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
}
