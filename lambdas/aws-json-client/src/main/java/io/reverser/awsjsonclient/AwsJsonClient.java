package io.reverser.awsjsonclient;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Calls AWS services that use a JSON protocol. An AWS SDK client would add half a second to a cold start, while Slack
 * waits for the response; docs/adr/0009 has the figures.
 */
public final class AwsJsonClient {

    private static final int MAX_ATTEMPTS = 3;
    private static final int BASE_BACKOFF_MS = 100;
    private static final int CONNECT_TIMEOUT_MS = 1000;
    private static final int READ_TIMEOUT_MS = 2000;

    private final AwsEnvironment environment;
    private final InstantSource clock = InstantSource.system();
    private final AwsCredentialsCache credentials;
    private final ObjectMapper json = new ObjectMapper();

    /** Creates a client with the region, the endpoint and the credentials of the environment. */
    public AwsJsonClient(AwsEnvironment environment) {
        this.environment = environment;
        this.credentials = new AwsCredentialsCache(environment, clock);
    }

    /**
     * Calls an operation of an AWS service, and retries the call if the failure may be temporary.
     *
     * @param body the operation's input, in the JSON syntax of the API reference. Because of the retries, the operation
     *     must be idempotent with this input
     * @throws AwsJsonException if the last attempt also fails
     */
    public JsonNode call(Service service, String operation, ObjectNode body) {
        for (int attempt = 1; ; attempt++) {
            try {
                return execute(service, operation, body);
            } catch (AwsJsonException failure) {
                if (attempt == MAX_ATTEMPTS || !failure.isRetryable()) {
                    throw failure;
                }
                backOff(attempt);
            }
        }
    }

    /**
     * Forgets temporary AWS credentials, so that a snapshot of the process contains none; the next call fetches new
     * credentials.
     */
    public void forgetCredentials() {
        credentials.forget();
    }

    /** An empty JSON object. */
    public ObjectNode newObject() {
        return json.createObjectNode();
    }

    private JsonNode execute(Service service, String operation, ObjectNode body) {
        try {
            byte[] content = json.writeValueAsBytes(body);
            URI endpoint = endpoint(service);
            var connection = (HttpURLConnection) endpoint.toURL().openConnection();
            connection.setConnectTimeout(CONNECT_TIMEOUT_MS);
            connection.setReadTimeout(READ_TIMEOUT_MS);
            connection.setDoOutput(true);
            var headers = Map.of(
                    "host",
                    endpoint.getAuthority(),
                    "content-type",
                    service.contentType,
                    "x-amz-target",
                    service.target + "." + operation);
            new SigV4Signer(environment.region(), service.signingName, credentials.current())
                    .sign(headers, content, clock.instant())
                    .forEach(connection::setRequestProperty);
            connection.getOutputStream().write(content);
            return readResponse(operation, connection);
        } catch (IOException failure) {
            throw new AwsJsonException(operation, failure);
        }
    }

    private JsonNode readResponse(String operation, HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        try (InputStream body = status < HttpURLConnection.HTTP_BAD_REQUEST
                ? connection.getInputStream()
                : Objects.requireNonNullElseGet(connection.getErrorStream(), InputStream::nullInputStream)) {
            JsonNode response = json.readTree(body);
            if (status != HttpURLConnection.HTTP_OK) {
                throw new AwsJsonException(operation, status, response);
            }
            return response;
        }
    }

    private URI endpoint(Service service) {
        return environment
                .endpoint()
                .orElseGet(() ->
                        URI.create("https://" + service.signingName + "." + environment.region() + ".amazonaws.com"))
                .resolve("/");
    }

    private static void backOff(int attempt) {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextInt(BASE_BACKOFF_MS << attempt));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** An AWS service with a JSON protocol. */
    public enum Service {
        /** Amazon DynamoDB. */
        DYNAMODB("dynamodb", "DynamoDB_20120810", "application/x-amz-json-1.0"),
        /** AWS Secrets Manager. */
        SECRETS_MANAGER("secretsmanager", "secretsmanager", "application/x-amz-json-1.1"),
        /** Amazon Simple Queue Service. */
        SQS("sqs", "AmazonSQS", "application/x-amz-json-1.0");

        private final String signingName;
        private final String target;
        private final String contentType;

        Service(String signingName, String target, String contentType) {
            this.signingName = signingName;
            this.target = target;
            this.contentType = contentType;
        }
    }
}
