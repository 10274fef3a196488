package io.reverser.simulators.aws.secretsmanager;

import com.fasterxml.jackson.databind.JsonNode;
import io.reverser.simulators.aws.api.AwsError;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The rules for the request parameters of Secrets Manager.
 *
 * @see <a href="https://docs.aws.amazon.com/secretsmanager/latest/apireference/Welcome.html">API reference</a>
 */
final class SecretValidator {

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9/_+=.@!-]{1,512}");
    private static final Pattern FUNCTION = Pattern.compile("arn:aws[a-z-]*:lambda:[\\w-]+:\\d{12}:function:\\S+");
    private static final int MAX_LABEL_LENGTH = 256;
    private static final int MAX_LABELS = 20;

    private SecretValidator() {}

    static String validateName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new AwsError(
                    400,
                    "ValidationException",
                    "Invalid name. Must be a valid name containing alphanumeric characters, or any of the following:"
                            + " -/_+=.@!");
        }
        return name;
    }

    /**
     * Returns the ClientRequestToken of a request, which becomes the ID of the new version; a random ID if there is
     * none.
     */
    static String parseToken(JsonNode body) {
        String token = body.path("ClientRequestToken").asText(UUID.randomUUID().toString());
        validateLength("ClientRequestToken", token, 32, 64);
        return token;
    }

    /**
     * Validates the RotationToken of a request, which cross-account rotation functions pass on. Only the token's length
     * is validated.
     */
    static void validateRotationToken(JsonNode body) {
        if (body.hasNonNull("RotationToken")) {
            validateLength("RotationToken", body.path("RotationToken").asText(), 36, 256);
        }
    }

    /** Returns the staging labels that a request gives the new version; AWSCURRENT if the request has none. */
    static Set<String> parseLabels(JsonNode body) {
        if (!body.hasNonNull("VersionStages")) {
            return Set.of(StagingLabels.CURRENT);
        }
        var labels = new TreeSet<String>();
        body.path("VersionStages").forEach(label -> labels.add(validateLabel(label.asText())));
        if (labels.isEmpty() || labels.size() > MAX_LABELS) {
            throw AwsError.invalidParameter(
                    "VersionStages must have between 1 and %d staging labels.".formatted(MAX_LABELS));
        }
        return labels;
    }

    static String validateLabel(String label) {
        validateLength("VersionStage", label, 1, MAX_LABEL_LENGTH);
        return label;
    }

    static String validateFunctionArn(String arn) {
        if (!FUNCTION.matcher(arn).matches()) {
            throw AwsError.invalidParameter("RotationLambdaARN must be the ARN of a Lambda function.");
        }
        return arn;
    }

    private static void validateLength(String parameter, String text, int min, int max) {
        if (text.length() < min || text.length() > max) {
            throw AwsError.invalidParameter("%s must be %d-%d characters long.".formatted(parameter, min, max));
        }
    }
}
