package io.reverser.simulators.aws.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.simulators.aws.api.AwsError;
import io.reverser.simulators.aws.api.AwsRequest;
import io.reverser.simulators.aws.api.IamRequest;
import io.reverser.simulators.aws.api.SimulatedApi;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * SQS: standard queues, with the operations that the platform's Lambda functions call.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/Welcome.html">SQS API reference</a>
 */
public final class Sqs implements SimulatedApi {

    private static final int MAX_VISIBILITY_SECONDS = 43_200;
    private static final int MAX_MESSAGE_LENGTH = 1024 * 1024;

    private final InstantSource clock;
    private final Map<String, SqsQueue> queues = new ConcurrentHashMap<>();

    public Sqs(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Creates a queue.
     *
     * @param visibilityTimeout how long a received message is invisible to other consumers
     */
    public SqsQueue createQueue(String name, Duration visibilityTimeout) {
        var queue = new SqsQueue(name, visibilityTimeout, clock);
        queues.put(name, queue);
        return queue;
    }

    @Override
    public String name() {
        return "Sqs";
    }

    @Override
    public String resolveOperation(String method, List<String> path) {
        return "Unknown";
    }

    @Override
    public List<IamRequest> iamRequests(AwsRequest request) {
        String url = request.body().path("QueueUrl").asText();
        return List.of(IamRequest.of(
                "sqs:" + request.operation(), IamRequest.arn("sqs", url.substring(url.lastIndexOf('/') + 1))));
    }

    @Override
    public JsonNode handle(AwsRequest request) {
        SqsQueue queue = requireQueue(request.requiredField("QueueUrl"));
        return switch (request.operation()) {
            case "SendMessage" -> sendMessage(queue, request.body());
            case "ChangeMessageVisibility" -> changeVisibility(queue, request);
            default -> throw new AwsError(400, "UnknownOperationException", "No such operation");
        };
    }

    private SqsQueue requireQueue(String url) {
        String name = url.substring(url.lastIndexOf('/') + 1);
        return Optional.ofNullable(queues.get(name))
                .orElseThrow(() -> new AwsError(
                        400,
                        "com.amazonaws.sqs#QueueDoesNotExist",
                        "The specified queue does not exist for this wsdl version."));
    }

    private static ObjectNode sendMessage(SqsQueue queue, JsonNode body) {
        String text = body.path("MessageBody").asText();
        if (text.isEmpty() || text.length() > MAX_MESSAGE_LENGTH) {
            throw new AwsError(400, "com.amazonaws.sqs#InvalidMessageContents", "The message is empty or too large");
        }
        String id = queue.send(
                text,
                body.path("MessageAttributes"),
                Duration.ofSeconds(body.path("DelaySeconds").asInt(0)));
        return JsonNodeFactory.instance.objectNode().put("MessageId", id);
    }

    private static ObjectNode changeVisibility(SqsQueue queue, AwsRequest request) {
        int seconds = request.body().path("VisibilityTimeout").asInt(-1);
        if (seconds < 0 || seconds > MAX_VISIBILITY_SECONDS) {
            throw new AwsError(
                    400,
                    "com.amazonaws.sqs#InvalidParameterValue",
                    "Value %d for parameter VisibilityTimeout is invalid. Reason: Total VisibilityTimeout for the message is beyond the limit [43200 seconds]"
                            .formatted(seconds));
        }
        if (!queue.changeVisibility(request.requiredField("ReceiptHandle"), Duration.ofSeconds(seconds))) {
            throw new AwsError(400, "com.amazonaws.sqs#MessageNotInflight", "The message is not in flight.");
        }
        return JsonNodeFactory.instance.objectNode();
    }
}
