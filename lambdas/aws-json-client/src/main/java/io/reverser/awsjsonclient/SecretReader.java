package io.reverser.awsjsonclient;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Reads secrets from AWS Secrets Manager. */
public final class SecretReader {

    private final AwsJsonClient aws;
    private final ObjectMapper json = new ObjectMapper();

    /** Creates a reader that calls Secrets Manager through this client. */
    public SecretReader(AwsJsonClient aws) {
        this.aws = aws;
    }

    /** The current value of a secret, by name or ARN. */
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
     * @throws IllegalStateException if the secret is not a JSON object; the message does not contain the secret
     */
    public JsonNode readJson(String id) {
        String text = readText(id);
        try {
            JsonNode value = json.readTree(text);
            if (value.isObject()) {
                return value;
            }
        } catch (JsonProcessingException withTheSecretInItsMessage) {
            // The parser's exception is not set as the cause below, because its message quotes the secret.
        }
        throw new IllegalStateException("The secret " + id + " is not a JSON object");
    }
}
