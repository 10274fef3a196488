package io.reverser.simulators.aws.dynamodb;

import static java.util.Map.entry;

import com.amazonaws.services.dynamodbv2.exceptions.AmazonServiceExceptionType;
import com.amazonaws.services.dynamodbv2.exceptions.DynamoDBLocalServiceException;
import com.amazonaws.services.dynamodbv2.local.exceptions.ExceptionBean;
import com.amazonaws.services.dynamodbv2.local.server.DynamoDBRequestHandler;
import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBRequestHandler;
import com.amazonaws.services.dynamodbv2.local.shared.mapper.DynamoDBObjectMapper;
import com.amazonaws.services.dynamodbv2.model.BatchGetItemRequest;
import com.amazonaws.services.dynamodbv2.model.BatchWriteItemRequest;
import com.amazonaws.services.dynamodbv2.model.CreateTableRequest;
import com.amazonaws.services.dynamodbv2.model.DeleteItemRequest;
import com.amazonaws.services.dynamodbv2.model.DeleteTableRequest;
import com.amazonaws.services.dynamodbv2.model.DescribeStreamRequest;
import com.amazonaws.services.dynamodbv2.model.DescribeTableRequest;
import com.amazonaws.services.dynamodbv2.model.GetItemRequest;
import com.amazonaws.services.dynamodbv2.model.GetRecordsRequest;
import com.amazonaws.services.dynamodbv2.model.GetShardIteratorRequest;
import com.amazonaws.services.dynamodbv2.model.ListStreamsRequest;
import com.amazonaws.services.dynamodbv2.model.ListTablesRequest;
import com.amazonaws.services.dynamodbv2.model.PutItemRequest;
import com.amazonaws.services.dynamodbv2.model.QueryRequest;
import com.amazonaws.services.dynamodbv2.model.ScanRequest;
import com.amazonaws.services.dynamodbv2.model.TransactGetItemsRequest;
import com.amazonaws.services.dynamodbv2.model.TransactWriteItemsRequest;
import com.amazonaws.services.dynamodbv2.model.UpdateItemRequest;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reverser.simulators.NativeFolder;
import io.reverser.simulators.aws.api.AwsError;
import java.io.IOException;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** DynamoDB Local, called directly instead of over HTTP. */
final class DynamoDbLocal {

    private static final String REGION = "eu-central-1";
    private static final ObjectMapper JSON = new DynamoDBObjectMapper();

    /**
     * The logger of a warning about a library that is not used here. The level of the logger suppresses the warning;
     * without this strong reference, the JVM could discard the logger with its level.
     */
    private static final Logger CODEC_LOGGER = Logger.getLogger("com.amazonaws.util.Base64");

    /** The only instance in this process. Several instances would share static state of DynamoDB Local. */
    static final DynamoDbLocal INSTANCE = new DynamoDbLocal();

    private final Map<String, Operation<?>> operations;

    private DynamoDbLocal() {
        DynamoDBRequestHandler tables = start();
        operations = Map.ofEntries(
                entry("BatchGetItem", new Operation<>(BatchGetItemRequest.class, tables::batchGetItem)),
                entry("BatchWriteItem", new Operation<>(BatchWriteItemRequest.class, tables::batchWriteItem)),
                entry("CreateTable", new Operation<>(CreateTableRequest.class, tables::createTable)),
                entry("DeleteItem", new Operation<>(DeleteItemRequest.class, tables::deleteItem)),
                entry("DeleteTable", new Operation<>(DeleteTableRequest.class, tables::deleteTable)),
                entry("DescribeStream", new Operation<>(DescribeStreamRequest.class, tables::describeStream)),
                entry("DescribeTable", new Operation<>(DescribeTableRequest.class, tables::describeTable)),
                entry("GetItem", new Operation<>(GetItemRequest.class, tables::getItem)),
                entry("GetRecords", new Operation<>(GetRecordsRequest.class, tables::getRecords)),
                entry("GetShardIterator", new Operation<>(GetShardIteratorRequest.class, tables::getShardIterator)),
                entry("ListStreams", new Operation<>(ListStreamsRequest.class, tables::listStreams)),
                entry("ListTables", new Operation<>(ListTablesRequest.class, tables::listTables)),
                entry("PutItem", new Operation<>(PutItemRequest.class, tables::putItem)),
                entry("Query", new Operation<>(QueryRequest.class, tables::query)),
                entry("Scan", new Operation<>(ScanRequest.class, tables::scan)),
                entry("TransactGetItems", new Operation<>(TransactGetItemsRequest.class, tables::transactGetItems)),
                entry(
                        "TransactWriteItems",
                        new Operation<>(TransactWriteItemsRequest.class, tables::transactWriteItems)),
                entry("UpdateItem", new Operation<>(UpdateItemRequest.class, tables::updateItem)));
    }

    private record Operation<T>(Class<T> requestType, Action<T> action) {

        Object call(String account, JsonNode request) throws JsonProcessingException {
            return action.call(account, REGION, JSON.treeToValue(request, requestType));
        }
    }

    private interface Action<T> {
        Object call(String account, String region, T request);
    }

    /**
     * Executes a DynamoDB operation on the tables of an account.
     *
     * @throws AwsError for an error response of DynamoDB
     */
    JsonNode call(String account, String operation, JsonNode request) {
        Operation<?> known = operations.get(operation);
        if (known == null) {
            throw toAwsError(400, new ExceptionBean(AmazonServiceExceptionType.UNKNOWN_OPERATION_EXCEPTION));
        }
        try {
            return JSON.valueToTree(known.call(account, request));
        } catch (DynamoDBLocalServiceException refusal) {
            throw toAwsError(
                    refusal.getStatusCode(),
                    new ExceptionBean(
                            refusal.getErrorCode(),
                            refusal.getMessage(),
                            refusal.getCancellationReasons(),
                            refusal.getItem()));
        } catch (JsonProcessingException | RuntimeException failure) {
            throw toAwsError(500, new ExceptionBean(AmazonServiceExceptionType.INTERNAL_FAILURE));
        }
    }

    private static AwsError toAwsError(int status, ExceptionBean error) {
        return new AwsError(status, error.getType(), JSON.<JsonNode>valueToTree(error));
    }

    private static DynamoDBRequestHandler start() {
        CODEC_LOGGER.setLevel(Level.SEVERE);
        try {
            System.setProperty("org.sqlite.tmpdir", NativeFolder.create().toString());
            return new LocalDynamoDBRequestHandler(0, true, null, false, false);
        } catch (IOException failure) {
            throw new IllegalStateException("DynamoDB Local did not start", failure);
        }
    }
}
