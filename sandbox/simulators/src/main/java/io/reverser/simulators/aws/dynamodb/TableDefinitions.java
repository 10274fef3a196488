package io.reverser.simulators.aws.dynamodb;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The definitions of the platform's DynamoDB tables as input of CreateTable. In AWS, CDK creates the same tables. */
public final class TableDefinitions {

    private TableDefinitions() {}

    /** Defines a table with the partition key {@code id} and the sort key {@code sk}. */
    public static ObjectNode compositeKeyTable(String name) {
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

    /** Defines the table of access requests: its key, the index of open requests, and the stream. */
    public static ObjectNode requestTable(String name) {
        ObjectNode table = compositeKeyTable(name);
        table.withArray("AttributeDefinitions")
                .addObject()
                .put("AttributeName", "open")
                .put("AttributeType", "S");
        ObjectNode index = table.putArray("GlobalSecondaryIndexes").addObject().put("IndexName", "open");
        index.putArray("KeySchema").addObject().put("AttributeName", "open").put("KeyType", "HASH");
        index.putObject("Projection").put("ProjectionType", "ALL");
        table.putObject("StreamSpecification").put("StreamEnabled", true).put("StreamViewType", "KEYS_ONLY");
        return table;
    }
}
