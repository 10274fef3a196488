package io.reverser.cdk.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;

/**
 * The operation GetResource of AWS's Cloud Control API, which reads resources of all types. Some Maven mirrors do not
 * have the SDK's client of this API, so this record uses the parts that all of the SDK's clients have.
 *
 * @param endpoint a URL that replaces AWS's endpoint, if present
 */
record CloudControl(Region region, AwsCredentialsProvider credentials, Optional<URI> endpoint) {

    /** The permission that the call needs. */
    static final String CALL = "cloudformation:GetResource";

    private static final String SIGNING_NAME = "cloudcontrolapi";
    private static final int MAX_ATTEMPTS = 4;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Whether a resource exists.
     *
     * @param type the resource type in CloudFormation, like {@code AWS::Logs::LogGroup}
     * @param identifier the primary identifier of the type
     */
    boolean hasResource(String type, String identifier) {
        for (int attempt = 1; ; attempt++) {
            JsonNode error = call(JSON.valueToTree(Map.of("TypeName", type, "Identifier", identifier)));
            String code = error.path("__type").asText().replaceFirst(".*#", "");
            switch (code) {
                case "" -> {
                    return true;
                }
                case "ResourceNotFoundException" -> {
                    return false;
                }
                default -> {
                    if (attempt == MAX_ATTEMPTS || !code.equals("ThrottlingException")) {
                        throw AwsServiceException.builder()
                                .message(error.path("message")
                                        .asText(error.path("Message").asText(code)))
                                .build();
                    }
                    backOff(attempt);
                }
            }
        }
    }

    /** Returns the error in AWS's response, or an object without {@code __type}. */
    private JsonNode call(JsonNode input) {
        URI uri = endpoint.orElseGet(
                () -> URI.create("https://%s.%s.amazonaws.com/".formatted(SIGNING_NAME, region.id())));
        SignedRequest signed = AwsV4HttpSigner.create()
                .sign(request -> request.identity(credentials.resolveCredentials())
                        .request(SdkHttpRequest.builder()
                                .method(SdkHttpMethod.POST)
                                .uri(uri)
                                .putHeader("X-Amz-Target", "CloudApiService.GetResource")
                                .putHeader("Content-Type", "application/x-amz-json-1.0")
                                .build())
                        .payload(ContentStreamProvider.fromUtf8String(input.toString()))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, SIGNING_NAME)
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region.id()));
        try (var client = UrlConnectionHttpClient.create()) {
            HttpExecuteResponse response = client.prepareRequest(HttpExecuteRequest.builder()
                            .request(signed.request())
                            .contentStreamProvider(signed.payload().orElseThrow())
                            .build())
                    .call();
            try (InputStream body = response.responseBody()
                    .orElseGet(() -> AbortableInputStream.create(InputStream.nullInputStream()))) {
                return JSON.readTree(body);
            }
        } catch (IOException unreachable) {
            throw SdkClientException.create("Unable to call Cloud Control: " + unreachable.getMessage(), unreachable);
        }
    }

    private static void backOff(int attempt) {
        try {
            Thread.sleep(100L << attempt);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
