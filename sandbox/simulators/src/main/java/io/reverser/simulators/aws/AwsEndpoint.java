package io.reverser.simulators.aws;

import com.fasterxml.jackson.databind.JsonNode;
import io.reverser.clock.MovableClock;
import io.reverser.simulators.aws.Faults.Fault;
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

/** All of AWS at one address of this machine. Which service is meant, the signature of each request says. */
public final class AwsEndpoint implements AutoCloseable {

    private static final Pattern SCOPE =
            Pattern.compile("AWS4-HMAC-SHA256 Credential=([^/]+)/\\d{8}/[^/]+/([^/]+)/aws4_request.*");

    private final HttpServer server;
    private final Faults faults = new Faults();
    private final MovableClock clock;
    private final DynamoDb dynamoDb = new DynamoDb();
    private final Eks eks;
    private final Scheduler scheduler;
    private final SecretsManager secrets;
    private final RdsData rdsData = new RdsData();
    private final Sqs sqs;
    private final CloudWatch cloudWatch;
    private final Map<String, Service> services;

    private AwsEndpoint(MovableClock clock) {
        this.server = AwsHttp.server(clock, this::serve);
        this.clock = clock;
        this.eks = new Eks(clock);
        this.scheduler = new Scheduler(clock);
        this.secrets = new SecretsManager(clock);
        this.sqs = new Sqs(clock);
        this.cloudWatch = new CloudWatch(clock);
        this.services = Map.of(
                "sqs",
                sqs,
                "monitoring",
                cloudWatch,
                "eks",
                eks,
                "scheduler",
                scheduler,
                "secretsmanager",
                secrets,
                "dynamodb",
                dynamoDb,
                "rds-data",
                rdsData);
    }

    /** Starts it on a free loopback port, with nothing in it, and with a clock of its own. */
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

    /** Starts it on a free loopback port, with nothing in it. */
    public static AwsEndpoint start(MovableClock clock) {
        try {
            var endpoint = new AwsEndpoint(clock);
            endpoint.server.start();
            return endpoint;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** For {@code AWS_ENDPOINT_URL}. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /** What goes wrong, and the calls so far. */
    public Faults faults() {
        return faults;
    }

    /** The time in this AWS. */
    public MovableClock clock() {
        return clock;
    }

    /** Clusters and their access entries. */
    public Eks eks() {
        return eks;
    }

    /** EventBridge Scheduler. */
    public Scheduler scheduler() {
        return scheduler;
    }

    /** Creates a DynamoDB table from the input of CreateTable. */
    public void createTable(JsonNode definition) {
        dynamoDb.call(DynamoDb.OPERATIONS + "CreateTable", definition);
    }

    /** Calls DynamoDB Streams, of DynamoDB Local, itself; no fault is in the way. */
    public JsonNode streams(String operation, JsonNode body) {
        return dynamoDb.call("DynamoDBStreams_20120810." + operation, body);
    }

    /** Secrets Manager. */
    public SecretsManager secrets() {
        return secrets;
    }

    /** The RDS Data API. */
    public RdsData rdsData() {
        return rdsData;
    }

    /** Queues. */
    public Sqs sqs() {
        return sqs;
    }

    /** Alarms. */
    public CloudWatch cloudWatch() {
        return cloudWatch;
    }

    @Override
    public void close() {
        server.close(CloseMode.IMMEDIATE);
        scheduler.close();
        secrets.rotations().close();
        dynamoDb.close();
    }

    private void serve(ClassicHttpRequest request, ClassicHttpResponse response) throws IOException {
        Matcher scope = SCOPE.matcher(AwsHttp.header(request, "Authorization").orElse(""));
        Service service = scope.matches() ? services.get(scope.group(2)) : null;
        if (service == null) {
            AwsHttp.refuse(
                    request,
                    response,
                    new AwsError(403, "MissingAuthenticationTokenException", "Missing Authentication Token"));
            return;
        }
        Call call = AwsHttp.call(request, service, scope.group(1));
        try {
            AwsHttp.answer(request, response, answer(service, call));
        } catch (AwsError error) {
            AwsHttp.refuse(request, response, error);
        }
    }

    /**
     * The answer, or what goes wrong instead.
     *
     * @throws ConnectionClosedException when there is no answer
     */
    private JsonNode answer(Service service, Call call) throws ConnectionClosedException {
        String name = service.name() + "." + call.operation();
        Optional<Fault> fault = faults.next(name);
        Optional<AwsError> refusal = faults.refusal(name);
        if (refusal.isPresent()) {
            throw refusal.get();
        }
        if (fault.equals(Optional.of(Fault.CUT_BEFORE))) {
            throw new ConnectionClosedException();
        }
        if (fault.equals(Optional.of(Fault.FAILS_BEFORE))) {
            throw failure();
        }
        if (fault.equals(Optional.of(Fault.THROTTLES))) {
            throw new AwsError(429, "ThrottlingException", "Rate exceeded");
        }
        JsonNode answer = service.answer(call);
        faults.tookEffect(name);
        if (fault.isEmpty()) {
            return answer;
        }
        if (fault.equals(Optional.of(Fault.FAILS_AFTER))) {
            throw failure();
        }
        if (fault.equals(Optional.of(Fault.NEVER_ANSWERS))) {
            Faults.neverAnswer();
        }
        throw new ConnectionClosedException();
    }

    private static AwsError failure() {
        return new AwsError(500, "InternalServerError", "An internal error occurred");
    }
}
