package io.reverser.slack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A message.
 *
 * @param text what notifications and screen readers say
 */
public record SlackMessage(String text, List<ObjectNode> blocks) {

    private static final int MOST = 50;

    /** Keeps its own list. */
    public SlackMessage {
        blocks = List.copyOf(blocks);
    }

    /** The blocks as Slack takes them. */
    public ArrayNode blockArray() {
        return Blocks.array(blocks, MOST);
    }
}
