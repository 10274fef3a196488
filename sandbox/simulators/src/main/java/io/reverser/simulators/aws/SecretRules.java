package io.reverser.simulators.aws;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What Secrets Manager takes for the parameters of its calls.
 *
 * @see <a href="https://docs.aws.amazon.com/secretsmanager/latest/apireference/Welcome.html">API reference</a>
 */
final class SecretRules {

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9/_+=.@!-]{1,512}");
    private static final Pattern FUNCTION = Pattern.compile("arn:aws[a-z-]*:lambda:[\\w-]+:\\d{12}:function:\\S+");
    private static final int LONGEST_LABEL = 256;
    private static final int MOST_LABELS = 20;

    private SecretRules() {}

    static String name(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new AwsError(
                    400,
                    "ValidationException",
                    "Invalid name. Must be a valid name containing alphanumeric characters, or any of the following:"
                            + " -/_+=.@!");
        }
        return name;
    }

    /** The token that becomes the id of a version. */
    static String token(JsonNode body) {
        String token = body.path("ClientRequestToken").asText(UUID.randomUUID().toString());
        length("ClientRequestToken", token, 32, 64);
        return token;
    }

    /** What a rotation function of another account passes on. Only its length is looked at. */
    static void rotationToken(JsonNode body) {
        if (body.hasNonNull("RotationToken")) {
            length("RotationToken", body.path("RotationToken").asText(), 36, 256);
        }
    }

    /** The labels of a new version: of none, the current one. */
    static Set<String> labels(JsonNode body) {
        if (!body.hasNonNull("VersionStages")) {
            return Set.of(StagingLabels.CURRENT);
        }
        var labels = new TreeSet<String>();
        body.path("VersionStages").forEach(label -> labels.add(label(label.asText())));
        if (labels.isEmpty() || labels.size() > MOST_LABELS) {
            throw AwsError.invalid("VersionStages must have between 1 and %d staging labels.".formatted(MOST_LABELS));
        }
        return labels;
    }

    static String label(String label) {
        length("VersionStage", label, 1, LONGEST_LABEL);
        return label;
    }

    static String function(String arn) {
        if (!FUNCTION.matcher(arn).matches()) {
            throw AwsError.invalid("RotationLambdaARN must be the ARN of a Lambda function.");
        }
        return arn;
    }

    /** Tags as a list of keys and values. */
    static Map<String, String> tags(JsonNode list) {
        var tags = new TreeMap<String, String>();
        list.forEach(tag -> tags.put(tag.path("Key").asText(), tag.path("Value").asText()));
        return tags;
    }

    private static void length(String parameter, String text, int least, int most) {
        if (text.length() < least || text.length() > most) {
            throw AwsError.invalid("%s must be %d-%d characters long.".formatted(parameter, least, most));
        }
    }
}
