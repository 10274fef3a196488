package io.reverser.simulators.aws.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.simulators.aws.api.AwsError;
import io.reverser.simulators.aws.endpoint.AwsEndpoint;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Invokes a function with the changes of a DynamoDB table in order. After a failure, it invokes the function again,
 * starting with the first failed record.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html">Using Lambda with DynamoDB</a>
 */
public final class StreamTrigger implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long POLL_INTERVAL_MS = 100;

    private final AwsEndpoint aws;
    private final LambdaFunction function;
    private final Map<String, String> iterators = new HashMap<>();
    private final Thread thread = Thread.ofPlatform().daemon().name("stream").unstarted(this::run);

    private StreamTrigger(AwsEndpoint aws, LambdaFunction function) {
        this.aws = aws;
        this.function = function;
    }

    /** Starts to read the only DynamoDB stream of this endpoint, from the beginning of the stream. */
    public static StreamTrigger start(AwsEndpoint aws, LambdaFunction function) {
        var trigger = new StreamTrigger(aws, function);
        trigger.thread.start();
        return trigger;
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void run() {
        try {
            while (true) {
                poll();
                Thread.sleep(POLL_INTERVAL_MS);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException failure) {
            if (!Thread.currentThread().isInterrupted()) {
                throw failure;
            }
        }
    }

    private void poll() throws InterruptedException {
        String stream = aws.callStreams("ListStreams", object())
                .path("Streams")
                .path(0)
                .path("StreamArn")
                .asText();
        JsonNode shards = aws.callStreams("DescribeStream", object().put("StreamArn", stream))
                .path("StreamDescription")
                .path("Shards");
        for (JsonNode shard : shards) {
            String id = shard.path("ShardId").asText();
            String iterator = iterators.computeIfAbsent(id, none -> getShardIterator(stream, id, "TRIM_HORIZON"));
            if (!iterator.isEmpty()) {
                iterators.put(id, readShard(stream, id, iterator));
            }
        }
    }

    /** Reads records from a shard, invokes the function with them, and returns the iterator for the next read. */
    private String readShard(String stream, String shard, String iterator) throws InterruptedException {
        try {
            JsonNode page = aws.callStreams("GetRecords", object().put("ShardIterator", iterator));
            JsonNode records = page.path("Records");
            Optional<String> failed = records.isEmpty() ? Optional.empty() : invokeAndFindFailure(records);
            return failed.isPresent()
                    ? getShardIterator(stream, shard, "AT_SEQUENCE_NUMBER", failed.get())
                    : page.path("NextShardIterator").asText("");
        } catch (AwsError trimmed) {
            // DynamoDB Local rejects iterators that it created while the shard was empty with this error.
            if (trimmed.code().endsWith("TrimmedDataAccessException")) {
                return getShardIterator(stream, shard, "TRIM_HORIZON");
            }
            throw trimmed;
        }
    }

    private String getShardIterator(String stream, String shard, String type, String... sequence) {
        ObjectNode request =
                object().put("StreamArn", stream).put("ShardId", shard).put("ShardIteratorType", type);
        Stream.of(sequence).forEach(number -> request.put("SequenceNumber", number));
        return aws.callStreams("GetShardIterator", request)
                .path("ShardIterator")
                .asText();
    }

    private Optional<String> invokeAndFindFailure(JsonNode records) throws InterruptedException {
        ObjectNode event = object();
        event.set("Records", records);
        try {
            JsonNode failures = JSON.readTree(function.invoke(event.toString())).path("batchItemFailures");
            return StreamSupport.stream(failures.spliterator(), false)
                    .map(failure -> failure.path("itemIdentifier").asText())
                    .min(Comparator.naturalOrder());
        } catch (FunctionFailed | JsonProcessingException failure) {
            Thread.sleep(POLL_INTERVAL_MS);
            return Optional.of(
                    records.path(0).path("dynamodb").path("SequenceNumber").asText());
        }
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
