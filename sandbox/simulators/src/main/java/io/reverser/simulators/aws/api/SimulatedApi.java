package io.reverser.simulators.aws.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** One AWS service. */
public interface SimulatedApi {

    /** The name of the service in the fault injector and in recorded calls. */
    String name();

    /** The operation of a REST request. */
    String resolveOperation(String method, List<String> path);

    /**
     * Executes a call.
     *
     * @throws AwsError as the real service would respond
     */
    JsonNode handle(AwsRequest request);
}
