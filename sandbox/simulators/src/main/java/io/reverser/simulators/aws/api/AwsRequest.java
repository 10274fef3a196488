package io.reverser.simulators.aws.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * A request to a service.
 *
 * @param operation as the service's API calls it
 * @param path its segments, decoded
 * @param accessKeyId the access key that signed it
 */
public record AwsRequest(
        String operation, List<String> path, Map<String, List<String>> query, JsonNode body, String accessKeyId) {

    /** A parameter of the query. */
    public String queryParameter(String name, String defaultValue) {
        return query.getOrDefault(name, List.of(defaultValue)).getFirst();
    }

    /** A parameter in the body that must be there. */
    public String requiredField(String name) {
        String value = body.path(name).asText("");
        if (value.isEmpty()) {
            throw AwsError.invalidParameter("The " + name + " parameter is missing or empty");
        }
        return value;
    }
}
