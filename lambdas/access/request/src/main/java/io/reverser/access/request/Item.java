package io.reverser.access.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * An item of a DynamoDB table, its values wrapped in their types as the API wants them.
 *
 * @param attributes attribute names with values like {@code {"S": "text"}}
 */
record Item(ObjectNode attributes) {

    Item() {
        this(JsonNodeFactory.instance.objectNode());
    }

    static Item key(String id, String part) {
        return new Item().text("id", id).text("part", part);
    }

    Item text(String name, String value) {
        attributes.putObject(name).put("S", value);
        return this;
    }

    Item number(String name, long value) {
        attributes.putObject(name).put("N", Long.toString(value));
        return this;
    }

    String text(String name) {
        return attributes.required(name).required("S").asText();
    }

    Optional<String> optionalText(String name) {
        return Optional.ofNullable(attributes.get(name))
                .map(value -> value.required("S").asText());
    }

    long number(String name) {
        return Long.parseLong(attributes.required(name).required("N").asText());
    }

    static Optional<Item> in(JsonNode answer) {
        return answer.get("Item") instanceof ObjectNode attributes
                ? Optional.of(new Item(attributes))
                : Optional.empty();
    }
}
