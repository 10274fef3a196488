package io.reverser.simulators.aws.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reverser.simulators.aws.api.AwsError;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DynamoDbTest {

    private static final String ITEM = """
            {"id": {"S": "a"}, "sk": {"S": "1"}, "count": {"N": "7"}, "bytes": {"B": "AAEC"}, "list": {"L": [{"BOOL": true}]}}""";

    private final DynamoDb dynamoDb = new DynamoDb();

    @AfterEach
    void close() {
        dynamoDb.close();
    }

    @Test
    void returnsStoredItems() {
        createTable();
        assertThat(put("")).isEmpty();
        assertThat(call("Query", """
                {"TableName": "table", "KeyConditionExpression": "id = :id",
                 "ExpressionAttributeValues": {":id": {"S": "a"}}}""")).isEqualTo(json("""
                {"Count": 1, "ScannedCount": 1, "Items": [%s]}""".formatted(ITEM)));
    }

    @Test
    void returnsTheItemThatFailedTheCondition() {
        createTable();
        put("");
        AwsError refusal = catchThrowableOfType(AwsError.class, () -> put("""
                , "ConditionExpression": "attribute_not_exists(id)", "ReturnValuesOnConditionCheckFailure": "ALL_OLD\""""));
        assertThat(refusal.status()).isEqualTo(400);
        assertThat(refusal.code()).endsWith("#ConditionalCheckFailedException");
        assertThat(refusal.body().path("__type").asText()).isEqualTo(refusal.code());
        assertThat(json(refusal.body().path("Item").toString())).isEqualTo(json(ITEM));
    }

    @Test
    void rejectsUnknownOperations() {
        assertThatExceptionOfType(AwsError.class)
                .isThrownBy(() -> call("Guess", "{}"))
                .matches(refusal -> refusal.code().endsWith("#UnknownOperationException"))
                .matches(refusal -> refusal.status() == 400);
    }

    @Test
    void isolatesAccountsAfterReuse() {
        createTable();
        try (var other = new DynamoDb()) {
            assertThat(other.call("ListTables", json("{}")).path("TableNames")).isEmpty();
        }
        dynamoDb.close();
        try (var next = new DynamoDb()) {
            assertThat(next.call("ListTables", json("{}")).path("TableNames")).isEmpty();
        }
    }

    private void createTable() {
        dynamoDb.call("CreateTable", TableDefinitions.compositeKeyTable("table"));
    }

    private JsonNode put(String condition) {
        return call("PutItem", """
                {"TableName": "table", "Item": %s%s}""".formatted(ITEM, condition));
    }

    /** Calls DynamoDB, and parses the response from its JSON text, as a client would. */
    private JsonNode call(String operation, String request) {
        return json(dynamoDb.call(operation, json(request)).toString());
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException wrongTest) {
            throw new IllegalArgumentException(wrongTest);
        }
    }
}
