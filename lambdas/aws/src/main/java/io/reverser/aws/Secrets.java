package io.reverser.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** AWS Secrets Manager. */
public final class Secrets {

    private final AwsApi aws;
    private final ObjectMapper json = new ObjectMapper();

    /** The secrets that the caller may read. */
    public Secrets(AwsApi aws) {
        this.aws = aws;
    }

    /** The current value of a secret, by name or ARN, as it is stored. */
    public String text(String id) {
        return aws.call(
                        AwsApi.Service.SECRETS_MANAGER,
                        "GetSecretValue",
                        aws.object().put("SecretId", id))
                .path("SecretString")
                .asText();
    }

    /**
     * The current value of a secret that is a JSON object.
     *
     * @throws IllegalStateException when it is not; does not show it
     */
    public JsonNode read(String id) {
        String text = text(id);
        try {
            JsonNode value = json.readTree(text);
            if (value.isObject()) {
                return value;
            }
        } catch (JsonProcessingException withTheSecretInItsMessage) {
            // Not passed on: it quotes what it read.
        }
        throw new IllegalStateException("The secret " + id + " is not a JSON object");
    }
}
