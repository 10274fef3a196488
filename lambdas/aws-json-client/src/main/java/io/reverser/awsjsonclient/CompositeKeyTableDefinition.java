package io.reverser.awsjsonclient;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** How a table whose key is {@code id} and {@code sk} is to be created, as the input of DynamoDB's CreateTable. */
public final class CompositeKeyTableDefinition {

    private CompositeKeyTableDefinition() {}

    /** The table of this name. */
    public static ObjectNode named(String name) {
        ObjectNode table =
                JsonNodeFactory.instance.objectNode().put("TableName", name).put("BillingMode", "PAY_PER_REQUEST");
        var attributes = table.putArray("AttributeDefinitions");
        var key = table.putArray("KeySchema");
        attributes.addObject().put("AttributeName", "id").put("AttributeType", "S");
        key.addObject().put("AttributeName", "id").put("KeyType", "HASH");
        attributes.addObject().put("AttributeName", "sk").put("AttributeType", "S");
        key.addObject().put("AttributeName", "sk").put("KeyType", "RANGE");
        return table;
    }
}
