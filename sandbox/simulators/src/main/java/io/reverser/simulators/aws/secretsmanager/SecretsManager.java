package io.reverser.simulators.aws.secretsmanager;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.simulators.aws.api.AwsError;
import io.reverser.simulators.aws.api.AwsRequest;
import io.reverser.simulators.aws.api.IamRequest;
import io.reverser.simulators.aws.api.SimulatedApi;
import io.reverser.simulators.aws.api.TagValidator;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Secrets Manager: secrets, their versions and staging labels, and rotation.
 *
 * <p>Not simulated: authorization (IAM, resource policies), KMS and its keys, replication, recovery of deleted secrets,
 * ListSecrets and BatchGetSecretValue, managed rotation, CloudTrail, throttling, and the number of days that
 * DescribeSecret derives from a schedule expression. A secret is deleted as soon as its recovery window ends.
 *
 * @see <a href="https://docs.aws.amazon.com/secretsmanager/latest/apireference/Welcome.html">API reference</a>
 */
public final class SecretsManager implements SimulatedApi {

    private static final int MAX_RECOVERY_DAYS = 30;
    private static final int MIN_RECOVERY_DAYS = 7;
    private static final int MAX_VERSIONS_PER_PAGE = 100;

    private final SecretRepository secrets;
    private final RotationEngine rotations;

    public SecretsManager(InstantSource clock) {
        this.secrets = new SecretRepository(clock);
        this.rotations = new RotationEngine(secrets);
    }

    /** The engine that rotates the secrets. */
    public RotationEngine rotations() {
        return rotations;
    }

    /** Sets the value of a secret out of band, as an operator would. */
    public void putSecret(String name, String value) {
        synchronized (secrets) {
            secrets.findByName(name)
                    .orElseGet(() -> secrets.create(name))
                    .putVersion(
                            UUID.randomUUID().toString(),
                            SecretValue.text(value),
                            Set.of(StagingLabels.CURRENT),
                            secrets.now());
        }
    }

    /** Returns the value of the version with the given label, without a call to the API. */
    public Optional<String> value(String secretId, String label) {
        synchronized (secrets) {
            SecretVersions all = secrets.require(secretId).versions();
            return all.labels().versionOf(label).flatMap(all::value).map(SecretValue::content);
        }
    }

    /** The staging labels of a secret, each with the ID of the version that it is attached to. */
    public Map<String, String> stagingLabels(String secretId) {
        synchronized (secrets) {
            return secrets.require(secretId).versions().labels().all();
        }
    }

    /** The full ARN of a secret. */
    public String arn(String secretId) {
        synchronized (secrets) {
            return secrets.require(secretId).arn();
        }
    }

    @Override
    public String name() {
        return "SecretsManager";
    }

    @Override
    public String resolveOperation(String method, List<String> path) {
        return "Unknown";
    }

    /**
     * To rotate a secret needs the permission to invoke its rotation function as well.
     *
     * @see <a href="https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RotateSecret.html">RotateSecret</a>
     */
    @Override
    public List<IamRequest> iamRequests(AwsRequest request) {
        String action = "secretsmanager:" + request.operation();
        String id = request.body()
                .path("SecretId")
                .asText(request.body().path("Name").asText());
        if (id.isEmpty()) {
            return List.of(IamRequest.of(action, "*"));
        }
        synchronized (secrets) {
            Optional<StoredSecret> secret = secrets.find(id);
            IamRequest call = IamRequest.of(
                            action,
                            SecretRepository.ARN
                                    + secret.map(StoredSecret::name).orElse(id))
                    .withResourceTags(secret.map(StoredSecret::tags).orElse(Map.of()));
            return request.operation().equals("RotateSecret")
                    ? List.of(
                            call,
                            IamRequest.of(
                                    "lambda:InvokeFunction",
                                    text(request.body(), "RotationLambdaARN")
                                            .or(() -> secret.flatMap(StoredSecret::rotation)
                                                    .map(RotationSettings::functionArn))
                                            .orElse("*")))
                    : List.of(call);
        }
    }

    @Override
    public JsonNode handle(AwsRequest request) {
        synchronized (secrets) {
            return switch (request.operation()) {
                case "CancelRotateSecret" -> cancelRotation(requireActive(request));
                case "CreateSecret" -> createSecret(request);
                case "DeleteSecret" -> deleteSecret(request);
                case "DescribeSecret" ->
                    SecretResponses.description(secrets.require(request.requiredField("SecretId")));
                case "GetRandomPassword" ->
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("RandomPassword", RandomPassword.generate(request.body()));
                case "GetSecretValue" -> getValue(requireActive(request), request.body());
                case "ListSecretVersionIds" ->
                    listVersionIds(secrets.require(request.requiredField("SecretId")), request.body());
                case "PutSecretValue" -> putValue(requireActive(request), request.body());
                case "RotateSecret" -> rotateSecret(requireActive(request), request.body());
                case "TagResource" -> tagResource(requireActive(request), request.body());
                case "UntagResource" -> untagResource(requireActive(request), request.body());
                case "UpdateSecret" -> updateSecret(requireActive(request), request.body());
                case "UpdateSecretVersionStage" -> updateStage(requireActive(request), request);
                default -> throw new AwsError(400, "UnknownOperationException", "No such operation");
            };
        }
    }

    private StoredSecret requireActive(AwsRequest request) {
        return secrets.requireActive(request.requiredField("SecretId"));
    }

    private JsonNode createSecret(AwsRequest request) {
        String name = SecretValidator.validateName(request.requiredField("Name"));
        String token = SecretValidator.parseToken(request.body());
        Optional<SecretValue> value = SecretValue.parse(request.body());
        Map<String, String> tags = TagValidator.parse(request.body().path("Tags"));
        TagValidator.validate(tags);
        Optional<StoredSecret> present = secrets.findByName(name);
        if (present.isPresent()) {
            return createdBefore(present.get(), token, value);
        }
        StoredSecret secret = secrets.create(name);
        secret.setTags(tags, secrets.now());
        describe(secret, request.body());
        value.ifPresent(given -> secret.putVersion(token, given, Set.of(StagingLabels.CURRENT), secrets.now()));
        return value.isPresent() ? SecretResponses.identity(secret, token) : SecretResponses.identity(secret);
    }

    /**
     * Handles CreateSecret for an existing secret. A repeated call with the same token and value returns the same
     * response as the first call; any other call fails.
     */
    private static JsonNode createdBefore(StoredSecret secret, String token, Optional<SecretValue> value) {
        if (secret.deletionDate().isPresent()) {
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
        return SecretResponses.identity(secret, token);
    }

    private JsonNode deleteSecret(AwsRequest request) {
        String id = request.requiredField("SecretId");
        boolean force = request.body().path("ForceDeleteWithoutRecovery").asBoolean();
        int days = request.body().path("RecoveryWindowInDays").asInt(MAX_RECOVERY_DAYS);
        if (force && request.body().has("RecoveryWindowInDays")) {
            throw AwsError.invalidParameter(
                    "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.");
        }
        if (days < MIN_RECOVERY_DAYS || days > MAX_RECOVERY_DAYS) {
            throw AwsError.invalidParameter(
                    "The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).");
        }
        Instant now = secrets.now();
        if (force && secrets.find(id).isEmpty()) {
            return deletionResponse(
                    JsonNodeFactory.instance.objectNode().put("ARN", id).put("Name", id), now);
        }
        StoredSecret secret = secrets.require(id);
        Instant time = force ? now : now.plus(Duration.ofDays(days));
        rotations.cancel(secret);
        if (force) {
            secrets.remove(secret);
        } else {
            secrets.requireActive(secret.arn()).scheduleDeletion(time, now);
        }
        return deletionResponse(SecretResponses.identity(secret), time);
    }

    private static JsonNode deletionResponse(ObjectNode identity, Instant time) {
        return identity.put("DeletionDate", SecretResponses.epochSeconds(time));
    }

    private JsonNode rotateSecret(StoredSecret secret, JsonNode body) {
        String token = SecretValidator.parseToken(body);
        RotationSettings settings = RotationSettings.of(body, secret.rotation(), secrets.now());
        if (secret.versions().contains(token)) {
            return SecretResponses.identity(secret, token);
        }
        if (secret.versions().isRotating()) {
            rotations.reattempt(secret);
            throw new AwsError(
                    400,
                    "InvalidRequestException",
                    "A previous rotation isn't complete. That rotation will be reattempted.");
        }
        secret.setRotation(settings, secrets.now());
        rotations.startRotation(secret, token, !body.path("RotateImmediately").asBoolean(true));
        return SecretResponses.identity(secret, token);
    }

    private JsonNode cancelRotation(StoredSecret secret) {
        rotations.cancel(secret);
        secret.rotation().ifPresent(settings -> secret.setRotation(settings.disabled(), secrets.now()));
        return secret.versions()
                .labels()
                .versionOf(StagingLabels.PENDING)
                .map(version -> SecretResponses.identity(secret, version))
                .orElseGet(() -> SecretResponses.identity(secret));
    }

    private JsonNode getValue(StoredSecret secret, JsonNode body) {
        SecretVersion version = secret.versions().get(text(body, "VersionId"), text(body, "VersionStage"));
        secret.markAccessed(secrets.now());
        return SecretResponses.value(secret, version);
    }

    private JsonNode putValue(StoredSecret secret, JsonNode body) {
        String token = SecretValidator.parseToken(body);
        SecretValidator.validateRotationToken(body);
        SecretValue value = SecretValue.parse(body).orElseThrow(SecretValue::missing);
        secret.putVersion(token, value, SecretValidator.parseLabels(body), secrets.now());
        return SecretResponses.identityWithStages(secret, token);
    }

    private JsonNode updateSecret(StoredSecret secret, JsonNode body) {
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

    private void describe(StoredSecret secret, JsonNode body) {
        text(body, "Description").ifPresent(description -> secret.setDescription(description, secrets.now()));
    }

    private JsonNode updateStage(StoredSecret secret, AwsRequest request) {
        String label = SecretValidator.validateLabel(request.requiredField("VersionStage"));
        secret.versions()
                .move(label, text(request.body(), "MoveToVersionId"), text(request.body(), "RemoveFromVersionId"));
        secret.markChanged(secrets.now());
        return SecretResponses.identity(secret);
    }

    private JsonNode listVersionIds(StoredSecret secret, JsonNode body) {
        boolean includeDeprecated = body.path("IncludeDeprecated").asBoolean();
        int pageSize = body.path("MaxResults").asInt(MAX_VERSIONS_PER_PAGE);
        if (pageSize < 1 || pageSize > MAX_VERSIONS_PER_PAGE) {
            throw AwsError.invalidParameter("MaxResults must be between 1 and %d.".formatted(MAX_VERSIONS_PER_PAGE));
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

    private JsonNode tagResource(StoredSecret secret, JsonNode body) {
        Map<String, String> tags = secret.tags();
        tags.putAll(TagValidator.parse(body.path("Tags")));
        TagValidator.validate(tags);
        secret.setTags(tags, secrets.now());
        return JsonNodeFactory.instance.objectNode();
    }

    private JsonNode untagResource(StoredSecret secret, JsonNode body) {
        Map<String, String> tags = secret.tags();
        body.path("TagKeys").forEach(key -> tags.remove(key.asText()));
        secret.setTags(tags, secrets.now());
        return JsonNodeFactory.instance.objectNode();
    }
}
