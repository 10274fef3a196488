package io.reverser.simulators.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Amazon SQS: standard queues, as much as functions call of them.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/Welcome.html">SQS API reference</a>
 */
public final class Sqs implements Service {

    private static final int LONGEST_VISIBILITY = 43_200;
    private static final int LARGEST = 1024 * 1024;

    private final InstantSource clock;
    private final Map<String, SqsQueue> queues = new ConcurrentHashMap<>();

    Sqs(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Makes a queue.
     *
     * @param visibility how long a message that was handed out is kept from others
     */
    public SqsQueue create(String name, Duration visibility) {
        var queue = new SqsQueue(name, visibility, clock);
        queues.put(name, queue);
        return queue;
    }

    @Override
    public String name() {
        return "Sqs";
    }

    @Override
    public String operation(String method, List<String> path) {
        return "Unknown";
    }

    @Override
    public JsonNode answer(Call call) {
        SqsQueue queue = queue(call.required("QueueUrl"));
        return switch (call.operation()) {
            case "SendMessage" -> send(queue, call.body());
            case "ChangeMessageVisibility" -> change(queue, call);
            default -> throw new AwsError(400, "UnknownOperationException", "No such operation");
        };
    }

    private SqsQueue queue(String url) {
        String name = url.substring(url.lastIndexOf('/') + 1);
        return Optional.ofNullable(queues.get(name))
                .orElseThrow(() -> new AwsError(
                        400,
                        "com.amazonaws.sqs#QueueDoesNotExist",
                        "The specified queue does not exist for this wsdl version."));
    }

    private static ObjectNode send(SqsQueue queue, JsonNode body) {
        String text = body.path("MessageBody").asText();
        if (text.isEmpty() || text.length() > LARGEST) {
            throw new AwsError(400, "com.amazonaws.sqs#InvalidMessageContents", "The message is empty or too large");
        }
        String id = queue.send(
                text,
                body.path("MessageAttributes"),
                Duration.ofSeconds(body.path("DelaySeconds").asInt(0)));
        return JsonNodeFactory.instance.objectNode().put("MessageId", id);
    }

    private static ObjectNode change(SqsQueue queue, Call call) {
        int seconds = call.body().path("VisibilityTimeout").asInt(-1);
        if (seconds < 0 || seconds > LONGEST_VISIBILITY) {
            throw new AwsError(
                    400,
                    "com.amazonaws.sqs#InvalidParameterValue",
                    "Value %d for parameter VisibilityTimeout is invalid. Reason: Total VisibilityTimeout for the message is beyond the limit [43200 seconds]"
                            .formatted(seconds));
        }
        if (!queue.hide(call.required("ReceiptHandle"), Duration.ofSeconds(seconds))) {
            throw new AwsError(400, "com.amazonaws.sqs#MessageNotInflight", "The message is not in flight.");
        }
        return JsonNodeFactory.instance.objectNode();
    }
}
