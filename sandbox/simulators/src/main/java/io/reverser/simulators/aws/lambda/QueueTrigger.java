package io.reverser.simulators.aws.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.simulators.aws.sqs.SqsQueue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Receives messages from an SQS queue in batches, invokes a function with each batch, and deletes the messages that the
 * function does not report as failed.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html">Using Lambda with Amazon SQS</a>
 */
public final class QueueTrigger implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_BATCH_SIZE = 10;
    private static final long POLL_INTERVAL_MS = 20;

    private final SqsQueue queue;
    private final List<Thread> threads = new ArrayList<>();

    private QueueTrigger(SqsQueue queue) {
        this.queue = queue;
    }

    /**
     * Starts to poll a queue for the given functions.
     *
     * @param functions the functions to invoke with the queue's messages: each receives an SQS event and returns the
     *     Lambda response, and processes one batch at a time
     */
    public static QueueTrigger start(SqsQueue queue, List<UnaryOperator<String>> functions) {
        var trigger = new QueueTrigger(queue);
        functions.forEach(function ->
                trigger.threads.add(Thread.ofPlatform().daemon().name("queue").start(() -> trigger.poll(function))));
        return trigger;
    }

    /** Receives and processes one batch of messages, and returns the number of messages in it. */
    public static int deliver(SqsQueue queue, UnaryOperator<String> function) {
        List<ObjectNode> records = queue.receive(MAX_BATCH_SIZE);
        if (!records.isEmpty()) {
            ObjectNode event = JsonNodeFactory.instance.objectNode();
            event.putArray("Records").addAll(records);
            Set<String> failed = invokeAndFindFailures(function, event);
            records.stream()
                    .filter(record -> !failed.contains(record.path("messageId").asText()))
                    .forEach(record -> queue.delete(record.path("receiptHandle").asText()));
        }
        return records.size();
    }

    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
    }

    private void poll(UnaryOperator<String> function) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                if (deliver(queue, function) == 0) {
                    Thread.sleep(POLL_INTERVAL_MS);
                }
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Invokes the function with a batch, and returns the IDs of the failed messages. If the function returns no
     * response, all messages have failed.
     */
    private static Set<String> invokeAndFindFailures(UnaryOperator<String> function, ObjectNode event) {
        var failed = new HashSet<String>();
        try {
            JsonNode response = JSON.readTree(function.apply(event.toString()));
            response.path("batchItemFailures")
                    .forEach(one -> failed.add(one.path("itemIdentifier").asText()));
        } catch (FunctionFailed | JsonProcessingException failure) {
            event.path("Records")
                    .forEach(one -> failed.add(one.path("messageId").asText()));
        }
        return failed;
    }
}
