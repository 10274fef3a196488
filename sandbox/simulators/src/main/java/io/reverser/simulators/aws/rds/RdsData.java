package io.reverser.simulators.aws.rds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.reverser.simulators.aws.api.AwsError;
import io.reverser.simulators.aws.api.AwsRequest;
import io.reverser.simulators.aws.api.IamRequest;
import io.reverser.simulators.aws.api.SimulatedApi;
import io.reverser.simulators.database.DatabaseServer;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The RDS Data API in front of real database servers. Unlike the real API, it returns no result rows. */
public final class RdsData implements SimulatedApi {

    private final Map<String, DatabaseServer> clusters = new ConcurrentHashMap<>();

    /**
     * Registers a database server under the ARN of a cluster. SQL statements for that cluster run on the server with
     * the administrator account of the server.
     */
    public void register(String clusterArn, DatabaseServer database) {
        clusters.put(clusterArn, database);
    }

    @Override
    public String name() {
        return "RdsData";
    }

    @Override
    public String resolveOperation(String method, List<String> path) {
        return path.equals(List.of("Execute")) ? "ExecuteStatement" : "Unknown";
    }

    /**
     * The Data API reads the secret with the permissions of its caller.
     *
     * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/data-api.access.html">Authorizing
     *     access</a>
     */
    @Override
    public List<IamRequest> iamRequests(AwsRequest request) {
        return List.of(
                IamRequest.of(
                        "rds-data:" + request.operation(),
                        request.body().path("resourceArn").asText()),
                IamRequest.of(
                        "secretsmanager:GetSecretValue",
                        request.body().path("secretArn").asText()));
    }

    @Override
    public JsonNode handle(AwsRequest request) {
        if (!request.operation().equals("ExecuteStatement")) {
            throw new AwsError(400, "UnknownOperationException", "No such operation");
        }
        request.requiredField("secretArn");
        DatabaseServer database = Optional.ofNullable(clusters.get(request.requiredField("resourceArn")))
                .orElseThrow(
                        () -> new AwsError(400, "BadRequestException", "HttpEndpoint is not enabled for resource"));
        try (var connection = database.connectAsAdministrator();
                var statement = connection.createStatement()) {
            statement.execute(request.requiredField("sql"));
            return JsonNodeFactory.instance.objectNode().put("numberOfRecordsUpdated", 0);
        } catch (SQLException failure) {
            throw new AwsError(
                    400,
                    "DatabaseErrorException",
                    "Database error code: %d. Message: %s".formatted(failure.getErrorCode(), failure.getMessage()));
        }
    }
}
