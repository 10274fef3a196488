package io.reverser.simulators.aws.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * A request to an AWS service.
 *
 * @param operation the operation's name in the service's API
 * @param path the decoded path segments
 * @param accessKeyId the access key ID in the signature
 */
public record AwsRequest(
        String operation, List<String> path, Map<String, List<String>> query, JsonNode body, String accessKeyId) {

    /** A query parameter. */
    public String queryParameter(String name, String defaultValue) {
        return query.getOrDefault(name, List.of(defaultValue)).getFirst();
    }

    /** A required parameter of the body. */
    public String requiredField(String name) {
        String value = body.path(name).asText("");
        if (value.isEmpty()) {
            throw AwsError.invalidParameter("The " + name + " parameter is missing or empty");
        }
        return value;
    }
}
