package io.reverser.runner.rotation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.awsjsonclient.AwsEnvironment;
import io.reverser.awsjsonclient.AwsJsonClient;
import io.reverser.runner.cluster.ReverserCredentials;
import io.reverser.runner.functions.SimulatedBackends;
import io.reverser.simulators.aws.endpoint.AwsEndpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The secret with the reverser's credentials, with the operations of an authorised person: read it, rotate it, and
 * break the glass.
 */
public final class RotatedSecret {

    private static final Duration BREAK_GLASS_DURATION = Duration.ofMinutes(30);
    private static final int NO_AUTOMATIC_ROTATION_DAYS = 1000;

    private final AwsEndpoint aws;
    private final AwsJsonClient api;
    private final String name;

    private RotatedSecret(AwsEndpoint aws, AwsJsonClient api, String name) {
        this.aws = aws;
        this.api = api;
        this.name = name;
    }

    static RotatedSecret create(SimulatedBackends backends, String name, String value) {
        backends.aws().secretsManager().putSecret(name, value);
        var api = new AwsJsonClient(AwsEnvironment.from(backends.awsEnvironment()));
        return new RotatedSecret(backends.aws(), api, name);
    }

    String name() {
        return name;
    }

    /** The secret's current value: the JSON that External Secrets fetches. */
    String currentValue() {
        return aws.secretsManager().value(name, "AWSCURRENT").orElseThrow();
    }

    /** The ID of the secret's current version. */
    public String currentVersion() {
        return aws.secretsManager().stagingLabels(name).getOrDefault("AWSCURRENT", "");
    }

    /** The database credentials in the secret's current version. */
    public ReverserCredentials readCurrent() {
        return ReverserCredentials.parse(currentValue());
    }

    /** The database credentials in the secret's previous version, if there is one. */
    public Optional<ReverserCredentials> readPrevious() {
        return aws.secretsManager().value(name, "AWSPREVIOUS").map(ReverserCredentials::parse);
    }

    /** Whether a rotation of the secret is in progress. */
    public boolean isRotating() {
        return Optional.ofNullable(aws.secretsManager().stagingLabels(name).get("AWSPENDING"))
                .filter(pending -> !pending.equals(currentVersion()))
                .isPresent();
    }

    /** When the secret was rotated most recently; before the first rotation, when it was created. */
    public Instant fetchLastRotated() {
        JsonNode secret = call("DescribeSecret", newRequest());
        return Instant.ofEpochSecond(
                secret.path("LastRotatedDate").asLong(secret.path("CreatedDate").asLong()));
    }

    /**
     * Starts a rotation of the secret in Secrets Manager.
     *
     * @throws io.reverser.awsjsonclient.AwsJsonException when Secrets Manager rejects the request
     */
    public void rotate() {
        call(
                "RotateSecret",
                newRequest().put("ClientRequestToken", UUID.randomUUID().toString()));
    }

    /** Adds the tags to the secret that allow a rotation outside the maintenance windows. */
    public void breakGlass(String by, String reason) {
        ObjectNode request = newRequest();
        String until = aws.clock().instant().plus(BREAK_GLASS_DURATION).toString();
        Map.of("rotation:until", until, "rotation:by", by, "rotation:why", reason)
                .forEach((key, value) ->
                        request.withArray("Tags").addObject().put("Key", key).put("Value", value));
        call("TagResource", request);
    }

    /**
     * Enables the rotation of the secret by a function. Secrets Manager first tests the function, which logs in to the
     * database and changes nothing.
     */
    void enableRotation(String functionArn) {
        ObjectNode request = newRequest()
                .put("ClientRequestToken", UUID.randomUUID().toString())
                .put("RotationLambdaARN", functionArn)
                .put("RotateImmediately", false);
        request.putObject("RotationRules").put("AutomaticallyAfterDays", NO_AUTOMATIC_ROTATION_DAYS);
        call("RotateSecret", request);
    }

    private JsonNode call(String operation, ObjectNode request) {
        return api.call(AwsJsonClient.Service.SECRETS_MANAGER, operation, request);
    }

    private ObjectNode newRequest() {
        return JsonNodeFactory.instance.objectNode().put("SecretId", name);
    }
}
