package io.reverser.simulators.aws;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * A request to a service.
 *
 * @param operation as the service's API calls it
 * @param path its segments, decoded
 * @param caller the access key that signed it
 */
record Call(String operation, List<String> path, Map<String, List<String>> query, JsonNode body, String caller) {

    /** A parameter of the query. */
    String asked(String name, String otherwise) {
        return query.getOrDefault(name, List.of(otherwise)).getFirst();
    }

    /** A parameter in the body that must be there. */
    String required(String name) {
        String value = body.path(name).asText("");
        if (value.isEmpty()) {
            throw AwsError.invalid("The " + name + " parameter is missing or empty");
        }
        return value;
    }
}
