package io.reverser.simulators.aws.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import io.reverser.clock.MovableClock;
import io.reverser.simulators.aws.api.AwsError;
import io.reverser.simulators.aws.api.AwsRequest;
import io.reverser.simulators.aws.api.SimulatedApi;
import io.reverser.simulators.aws.cloudwatch.CloudWatch;
import io.reverser.simulators.aws.dynamodb.DynamoDb;
import io.reverser.simulators.aws.eks.Eks;
import io.reverser.simulators.aws.rds.RdsData;
import io.reverser.simulators.aws.scheduler.Scheduler;
import io.reverser.simulators.aws.secretsmanager.SecretsManager;
import io.reverser.simulators.aws.sqs.Sqs;
import io.reverser.simulators.fault.FaultInjector;
import io.reverser.simulators.fault.FaultInjector.Fault;
import io.reverser.simulators.fault.FaultInjector.Rejection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.impl.bootstrap.HttpServer;
import org.apache.hc.core5.io.CloseMode;

/**
 * Serves all simulated AWS services at one loopback address. The credential scope in a request's signature names the
 * service.
 */
public final class AwsEndpoint implements AutoCloseable {

    private static final Pattern CREDENTIAL_SCOPE =
            Pattern.compile("AWS4-HMAC-SHA256 Credential=([^/]+)/\\d{8}/[^/]+/([^/]+)/aws4_request.*");

    private final HttpServer server;
    private final FaultInjector faults = new FaultInjector();
    private final String test = IamRequestLog.currentTest();
    private final MovableClock clock;
    private final DynamoDb dynamoDb = new DynamoDb();
    private final Eks eks;
    private final Scheduler scheduler;
    private final SecretsManager secretsManager;
    private final RdsData rdsData = new RdsData();
    private final Sqs sqs;
    private final CloudWatch cloudWatch;
    private final Map<String, SimulatedApi> apis;

    private AwsEndpoint(MovableClock clock) {
        this.server = AwsHttp.createServer(clock, this::serve);
        this.clock = clock;
        this.eks = new Eks(clock);
        this.scheduler = new Scheduler(clock);
        this.secretsManager = new SecretsManager(clock);
        this.sqs = new Sqs(clock);
        this.cloudWatch = new CloudWatch(clock);
        this.apis = Map.of(
                "sqs",
                sqs,
                "monitoring",
                cloudWatch,
                "eks",
                eks,
                "scheduler",
                scheduler,
                "secretsmanager",
                secretsManager,
                "dynamodb",
                dynamoDb,
                "rds-data",
                rdsData);
    }

    /** Starts the simulated AWS services, without resources, on a free loopback port and with a separate clock. */
    public static AwsEndpoint start() {
        try {
            Path file = Files.createTempFile("clock", "");
            var clock = new MovableClock(file);
            Files.delete(file);
            return start(clock);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Starts the simulated AWS services, without resources, on a free loopback port and with the given clock. */
    public static AwsEndpoint start(MovableClock clock) {
        try {
            var endpoint = new AwsEndpoint(clock);
            endpoint.server.start();
            return endpoint;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The URL of this endpoint, for the environment variable {@code AWS_ENDPOINT_URL}. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /** Injects faults into the calls to this endpoint, and records the calls. */
    public FaultInjector faults() {
        return faults;
    }

    /** The clock of the simulated AWS services. */
    public MovableClock clock() {
        return clock;
    }

    /** The simulator of EKS clusters and their access entries. */
    public Eks eks() {
        return eks;
    }

    /** The simulator of EventBridge Scheduler. */
    public Scheduler scheduler() {
        return scheduler;
    }

    /** Creates a DynamoDB table from the input of CreateTable. */
    public void createTable(JsonNode definition) {
        dynamoDb.call("CreateTable", definition);
    }

    /** Calls DynamoDB Streams directly, without HTTP and the fault injector. */
    public JsonNode callStreams(String operation, JsonNode body) {
        return dynamoDb.call(operation, body);
    }

    /** The simulator of Secrets Manager. */
    public SecretsManager secretsManager() {
        return secretsManager;
    }

    /** The simulator of the RDS Data API. */
    public RdsData rdsData() {
        return rdsData;
    }

    /** The simulator of SQS. */
    public Sqs sqs() {
        return sqs;
    }

    /** The simulator of CloudWatch alarms. */
    public CloudWatch cloudWatch() {
        return cloudWatch;
    }

    @Override
    public void close() {
        server.close(CloseMode.IMMEDIATE);
        scheduler.close();
        secretsManager.rotations().close();
        dynamoDb.close();
    }

    private void serve(ClassicHttpRequest request, ClassicHttpResponse response) throws IOException {
        Matcher scope = CREDENTIAL_SCOPE.matcher(
                AwsHttp.header(request, "Authorization").orElse(""));
        SimulatedApi api = scope.matches() ? apis.get(scope.group(2)) : null;
        if (api == null) {
            AwsHttp.sendError(
                    request,
                    response,
                    new AwsError(403, "MissingAuthenticationTokenException", "Missing Authentication Token"));
            return;
        }
        AwsRequest awsRequest = AwsHttp.parseRequest(request, api, scope.group(1));
        try {
            AwsHttp.sendResponse(request, response, handleWithFaults(api, awsRequest));
        } catch (AwsError error) {
            AwsHttp.sendError(request, response, error);
        }
    }

    /**
     * Handles a request, and returns the response or applies the injected fault.
     *
     * @throws ConnectionClosedException to close the connection without a response
     */
    private JsonNode handleWithFaults(SimulatedApi api, AwsRequest request) throws ConnectionClosedException {
        String name = api.name() + "." + request.operation();
        Optional<Fault> fault = faults.nextFault(name);
        Optional<Rejection> rejection = faults.pollRejection(name);
        if (rejection.isPresent()) {
            throw new AwsError(rejection.get().status(), rejection.get().code(), "Rejected by the fault injector");
        }
        if (fault.equals(Optional.of(Fault.DISCONNECT_BEFORE_EFFECT))) {
            throw new ConnectionClosedException();
        }
        if (fault.equals(Optional.of(Fault.ERROR_BEFORE_EFFECT))) {
            throw internalError();
        }
        if (fault.equals(Optional.of(Fault.THROTTLE))) {
            throw new AwsError(429, "ThrottlingException", "Rate exceeded");
        }
        IamRequestLog.ifEnabled().ifPresent(log -> log.record(request.accessKeyId(), api.iamRequests(request), test));
        JsonNode response = api.handle(request);
        faults.onEffect(name);
        if (fault.isEmpty()) {
            return response;
        }
        if (fault.equals(Optional.of(Fault.ERROR_AFTER_EFFECT))) {
            throw internalError();
        }
        if (fault.equals(Optional.of(Fault.NO_RESPONSE))) {
            FaultInjector.hang();
        }
        throw new ConnectionClosedException();
    }

    private static AwsError internalError() {
        return new AwsError(500, "InternalServerError", "An internal error occurred");
    }
}
