package io.reverser.simulators.aws.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * A request to an AWS service.
 *
 * @param operation the operation's name in the service's API
 * @param path the decoded segments of the URL's path
 * @param accessKeyId the access key ID in the signature
 */
public record AwsRequest(
        String operation, List<String> path, Map<String, List<String>> query, JsonNode body, String accessKeyId) {

    /** The value of a query parameter. */
    public String queryParameter(String name, String defaultValue) {
        return query.getOrDefault(name, List.of(defaultValue)).getFirst();
    }

    /** The value of a required field of the request body. */
    public String requiredField(String name) {
        String value = body.path(name).asText("");
        if (value.isEmpty()) {
            throw AwsError.invalidParameter("The " + name + " parameter is missing or empty");
        }
        return value;
    }
}
