package io.reverser.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An item of a DynamoDB table, its values wrapped in their types as the API wants them.
 *
 * @param attributes attribute names with values like {@code {"S": "text"}}
 */
public record Item(ObjectNode attributes) {

    /** Nothing yet. */
    public Item() {
        this(JsonNodeFactory.instance.objectNode());
    }

    /** The key of an item in a table whose key is {@code id} and {@code part}. */
    public static Item key(String id, String part) {
        return new Item().text("id", id).text("part", part);
    }

    /** With a text more. */
    public Item text(String name, String value) {
        attributes.putObject(name).put("S", value);
        return this;
    }

    /** With a number more. */
    public Item number(String name, long value) {
        attributes.putObject(name).put("N", Long.toString(value));
        return this;
    }

    /** A text that has to be there. */
    public String text(String name) {
        return attributes.required(name).required("S").asText();
    }

    /** A text that may be there. */
    public Optional<String> optionalText(String name) {
        return Optional.ofNullable(attributes.get(name))
                .map(value -> value.required("S").asText());
    }

    /** A number that has to be there. */
    public long number(String name) {
        return Long.parseLong(attributes.required(name).required("N").asText());
    }

    /** All items that a Query finds, page by page. */
    public static List<Item> all(AwsApi aws, ObjectNode query) {
        var items = new ArrayList<Item>();
        JsonNode next;
        do {
            JsonNode page = aws.call(AwsApi.Service.DYNAMODB, "Query", query);
            page.path("Items").forEach(item -> items.add(new Item((ObjectNode) item)));
            next = page.path("LastEvaluatedKey");
            query.set("ExclusiveStartKey", next);
        } while (next.isObject());
        return items;
    }

    /** The item of an answer to GetItem, if there is one. */
    public static Optional<Item> in(JsonNode answer) {
        return answer.get("Item") instanceof ObjectNode attributes
                ? Optional.of(new Item(attributes))
                : Optional.empty();
    }
}
