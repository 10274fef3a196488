package io.reverser.awsjsonclient;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** AWS Secrets Manager. */
public final class SecretReader {

    private final AwsJsonClient aws;
    private final ObjectMapper json = new ObjectMapper();

    /** The secrets that the caller may read. */
    public SecretReader(AwsJsonClient aws) {
        this.aws = aws;
    }

    /** The current value of a secret, by name or ARN, as it is stored. */
    public String readText(String id) {
        return aws.call(
                        AwsJsonClient.Service.SECRETS_MANAGER,
                        "GetSecretValue",
                        aws.newObject().put("SecretId", id))
                .path("SecretString")
                .asText();
    }

    /**
     * The current value of a secret that is a JSON object.
     *
     * @throws IllegalStateException when it is not; does not show it
     */
    public JsonNode readJson(String id) {
        String text = readText(id);
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
