package io.reverser.simulators.aws.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** The simulator of one AWS service's API. */
public interface SimulatedApi {

    /** The name of the AWS service, by which the fault injector and the recorded calls identify it. */
    String name();

    /** The name of the API operation that a REST request calls. */
    String resolveOperation(String method, List<String> path);

    /** What AWS asks IAM before it executes this call; empty for an unknown operation. */
    List<IamRequest> iamRequests(AwsRequest request);

    /**
     * Executes an API call.
     *
     * @throws AwsError for an error response of the service
     */
    JsonNode handle(AwsRequest request);
}
