package io.reverser.access.request;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** How the table of requests is to be created, as the input of DynamoDB's CreateTable. Whoever creates it agrees with this. */
public final class TableDefinition {

    private TableDefinition() {}

    /** The table of this name: its key, the index of open requests, and the stream that hands changes over. */
    public static ObjectNode of(String name) {
        ObjectNode table =
                JsonNodeFactory.instance.objectNode().put("TableName", name).put("BillingMode", "PAY_PER_REQUEST");
        var attributes = table.putArray("AttributeDefinitions");
        for (String attribute : new String[] {"id", "part", "open"}) {
            attributes.addObject().put("AttributeName", attribute).put("AttributeType", "S");
        }
        var key = table.putArray("KeySchema");
        key.addObject().put("AttributeName", "id").put("KeyType", "HASH");
        key.addObject().put("AttributeName", "part").put("KeyType", "RANGE");
        ObjectNode index = table.putArray("GlobalSecondaryIndexes").addObject().put("IndexName", "open");
        index.putArray("KeySchema").addObject().put("AttributeName", "open").put("KeyType", "HASH");
        index.putObject("Projection").put("ProjectionType", "ALL");
        table.putObject("StreamSpecification").put("StreamEnabled", true).put("StreamViewType", "KEYS_ONLY");
        return table;
    }
}
