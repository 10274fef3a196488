package io.reverser.simulators.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.simulators.aws.AwsEndpoint;
import io.reverser.simulators.aws.AwsError;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Invokes a function with what changes in a DynamoDB table, in order, again from the first record that failed.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html">Using Lambda with DynamoDB</a>
 */
public final class StreamTrigger implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long LOOK_EVERY_MS = 100;

    private final AwsEndpoint aws;
    private final LambdaFunction function;
    private final Map<String, String> iterators = new HashMap<>();
    private final Thread thread = Thread.ofPlatform().daemon().name("stream").unstarted(this::follow);

    private StreamTrigger(AwsEndpoint aws, LambdaFunction function) {
        this.aws = aws;
        this.function = function;
    }

    /** Follows the only stream of this DynamoDB, from its beginning. */
    public static StreamTrigger start(AwsEndpoint aws, LambdaFunction function) {
        var trigger = new StreamTrigger(aws, function);
        trigger.thread.start();
        return trigger;
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void follow() {
        try {
            while (true) {
                look();
                Thread.sleep(LOOK_EVERY_MS);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException failure) {
            if (!Thread.currentThread().isInterrupted()) {
                throw failure;
            }
        }
    }

    private void look() throws InterruptedException {
        String stream = aws.streams("ListStreams", object())
                .path("Streams")
                .path(0)
                .path("StreamArn")
                .asText();
        JsonNode shards = aws.streams("DescribeStream", object().put("StreamArn", stream))
                .path("StreamDescription")
                .path("Shards");
        for (JsonNode shard : shards) {
            String id = shard.path("ShardId").asText();
            String iterator = iterators.computeIfAbsent(id, none -> iterator(stream, id, "TRIM_HORIZON"));
            if (!iterator.isEmpty()) {
                iterators.put(id, readOn(stream, id, iterator));
            }
        }
    }

    /** Where to read next time. */
    private String readOn(String stream, String shard, String iterator) throws InterruptedException {
        try {
            JsonNode page = aws.streams("GetRecords", object().put("ShardIterator", iterator));
            JsonNode records = page.path("Records");
            Optional<String> failed = records.isEmpty() ? Optional.empty() : failed(records);
            return failed.isPresent()
                    ? iterator(stream, shard, "AT_SEQUENCE_NUMBER", failed.get())
                    : page.path("NextShardIterator").asText("");
        } catch (AwsError trimmed) {
            // DynamoDB Local says so of an iterator that it gave when the shard was empty.
            if (trimmed.code().endsWith("TrimmedDataAccessException")) {
                return iterator(stream, shard, "TRIM_HORIZON");
            }
            throw trimmed;
        }
    }

    private String iterator(String stream, String shard, String type, String... sequence) {
        ObjectNode request =
                object().put("StreamArn", stream).put("ShardId", shard).put("ShardIteratorType", type);
        Stream.of(sequence).forEach(number -> request.put("SequenceNumber", number));
        return aws.streams("GetShardIterator", request).path("ShardIterator").asText();
    }

    private Optional<String> failed(JsonNode records) throws InterruptedException {
        ObjectNode event = object();
        event.set("Records", records);
        try {
            JsonNode failures = JSON.readTree(function.invoke(event.toString())).path("batchItemFailures");
            return StreamSupport.stream(failures.spliterator(), false)
                    .map(failure -> failure.path("itemIdentifier").asText())
                    .min(Comparator.naturalOrder());
        } catch (FunctionFailed | JsonProcessingException failure) {
            Thread.sleep(LOOK_EVERY_MS);
            return Optional.of(
                    records.path(0).path("dynamodb").path("SequenceNumber").asText());
        }
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
