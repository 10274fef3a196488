package io.reverser.awsjsonclient;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An item of a DynamoDB table, in the attribute format of the DynamoDB API.
 *
 * @param attributes the attributes by name, with values such as {@code {"S": "text"}}
 */
public record DynamoDbItem(ObjectNode attributes) {

    /** An empty item. */
    public DynamoDbItem() {
        this(JsonNodeFactory.instance.objectNode());
    }

    /** The key of an item in a table with the partition key {@code id} and the sort key {@code sk}. */
    public static DynamoDbItem key(String partitionKey, String sortKey) {
        return new DynamoDbItem().putString("id", partitionKey).putString("sk", sortKey);
    }

    /** Sets a string attribute. */
    public DynamoDbItem putString(String name, String value) {
        attributes.putObject(name).put("S", value);
        return this;
    }

    /** Sets a number attribute. */
    public DynamoDbItem putNumber(String name, long value) {
        attributes.putObject(name).put("N", Long.toString(value));
        return this;
    }

    /** The value of a required string attribute. */
    public String string(String name) {
        return attributes.required(name).required("S").asText();
    }

    /** The value of an optional string attribute. */
    public Optional<String> optionalString(String name) {
        return Optional.ofNullable(attributes.get(name))
                .map(value -> value.required("S").asText());
    }

    /** The value of a required number attribute. */
    public long number(String name) {
        return Long.parseLong(attributes.required(name).required("N").asText());
    }

    /** All items that a DynamoDB query returns, on all of its pages. */
    public static List<DynamoDbItem> query(AwsJsonClient aws, ObjectNode query) {
        var items = new ArrayList<DynamoDbItem>();
        JsonNode next;
        do {
            JsonNode page = aws.call(AwsJsonClient.Service.DYNAMODB, "Query", query);
            page.path("Items").forEach(item -> items.add(new DynamoDbItem((ObjectNode) item)));
            next = page.path("LastEvaluatedKey");
            query.set("ExclusiveStartKey", next);
        } while (next.isObject());
        return items;
    }

    /** The item in a response of the operation GetItem, if it contains one. */
    public static Optional<DynamoDbItem> fromGetItem(JsonNode response) {
        return response.get("Item") instanceof ObjectNode attributes
                ? Optional.of(new DynamoDbItem(attributes))
                : Optional.empty();
    }
}
