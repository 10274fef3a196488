package io.reverser.simulators.aws.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** One of AWS's services. */
public interface SimulatedApi {

    /** The name by which faults and records know it. */
    String name();

    /** Which operation a REST request is. */
    String resolveOperation(String method, List<String> path);

    /**
     * Carries out a call.
     *
     * @throws AwsError as the real one would answer
     */
    JsonNode handle(AwsRequest request);
}
