package io.reverser.runner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.aws.AwsApi;
import io.reverser.aws.AwsSettings;
import io.reverser.simulators.aws.AwsEndpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The secret with the reverser's login, as people with the right to may look at it and touch it. */
public final class RotatedSecret {

    static final String NAME = "dev/reverser/database";

    private static final Duration EMERGENCY = Duration.ofMinutes(30);
    private static final int NEVER_BY_ITSELF_DAYS = 1000;

    private final AwsEndpoint aws;
    private final AwsApi api;

    private RotatedSecret(AwsEndpoint aws, AwsApi api) {
        this.aws = aws;
        this.api = api;
    }

    static RotatedSecret put(AccessSurroundings surroundings, String value) {
        surroundings.aws().secrets().put(NAME, value);
        return new RotatedSecret(surroundings.aws(), new AwsApi(AwsSettings.from(surroundings.place())));
    }

    /** As External Secrets fetches it. */
    String value() {
        return aws.secrets().value(NAME, "AWSCURRENT").orElseThrow();
    }

    /** Which version the reverser gets. */
    public String version() {
        return aws.secrets().labels(NAME).getOrDefault("AWSCURRENT", "");
    }

    /** What the reverser gets. */
    public Login current() {
        return Login.in(value());
    }

    /** What it got before, if there was anything. */
    public Optional<Login> previous() {
        return aws.secrets().value(NAME, "AWSPREVIOUS").map(Login::in);
    }

    /** Whether a new one is on its way. */
    public boolean isRotating() {
        return Optional.ofNullable(aws.secrets().labels(NAME).get("AWSPENDING"))
                .filter(pending -> !pending.equals(version()))
                .isPresent();
    }

    /** When it was last rotated, else when it was made. */
    public Instant rotated() {
        JsonNode secret = call("DescribeSecret", about());
        return Instant.ofEpochSecond(
                secret.path("LastRotatedDate").asLong(secret.path("CreatedDate").asLong()));
    }

    /**
     * Asks Secrets Manager for a rotation.
     *
     * @throws io.reverser.aws.AwsFailure when it refuses
     */
    public void rotate() {
        call("RotateSecret", about().put("ClientRequestToken", UUID.randomUUID().toString()));
    }

    /** Leaves a note on it that it has to be rotated, whatever the windows say. */
    public void breakGlass(String by, String why) {
        ObjectNode request = about();
        String until = aws.clock().instant().plus(EMERGENCY).toString();
        Map.of("rotation:until", until, "rotation:by", by, "rotation:why", why)
                .forEach((key, value) ->
                        request.withArray("Tags").addObject().put("Key", key).put("Value", value));
        call("TagResource", request);
    }

    /** Lets a function rotate it from now on, which Secrets Manager tries out: it logs in, and changes nothing. */
    void rotateWith(String functionArn) {
        ObjectNode request = about().put("ClientRequestToken", UUID.randomUUID().toString())
                .put("RotationLambdaARN", functionArn)
                .put("RotateImmediately", false);
        request.putObject("RotationRules").put("AutomaticallyAfterDays", NEVER_BY_ITSELF_DAYS);
        call("RotateSecret", request);
    }

    private JsonNode call(String operation, ObjectNode request) {
        return api.call(AwsApi.Service.SECRETS_MANAGER, operation, request);
    }

    private static ObjectNode about() {
        return JsonNodeFactory.instance.objectNode().put("SecretId", NAME);
    }
}
