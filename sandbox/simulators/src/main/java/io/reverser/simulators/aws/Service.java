package io.reverser.simulators.aws;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** One of AWS's services. */
interface Service {

    /** The name by which faults and records know it. */
    String name();

    /** Which operation a REST request is. */
    String operation(String method, List<String> path);

    /**
     * Carries out a call.
     *
     * @throws AwsError as the real one would answer
     */
    JsonNode answer(Call call);
}
