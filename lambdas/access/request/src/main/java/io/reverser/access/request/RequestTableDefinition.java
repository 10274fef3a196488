package io.reverser.access.request;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.awsjsonclient.CompositeKeyTableDefinition;

/** How the table of requests is to be created, as the input of DynamoDB's CreateTable. Whoever creates it agrees with this. */
public final class RequestTableDefinition {

    private RequestTableDefinition() {}

    /** The table of this name: its key, the index of open requests, and the stream that hands changes over. */
    public static ObjectNode of(String name) {
        ObjectNode table = CompositeKeyTableDefinition.named(name);
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
