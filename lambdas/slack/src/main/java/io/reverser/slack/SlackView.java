package io.reverser.slack;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A modal.
 *
 * @param callback names it when it comes back
 * @param submit the button that sends it; empty for none
 * @param metadata comes back with it, unseen
 */
public record SlackView(
        String callback, String title, String submit, String close, String metadata, List<ObjectNode> blocks) {

    private static final int MOST = 100;
    private static final int TITLE = 24;
    private static final int METADATA = 3000;

    /** Keeps its own list. */
    public SlackView {
        Blocks.check(metadata.length() <= METADATA, "the metadata of a view has at most " + METADATA + " characters");
        blocks = List.copyOf(blocks);
    }

    /** As Slack takes it. */
    public ObjectNode toJson() {
        ObjectNode view = JsonNodeFactory.instance
                .objectNode()
                .put("type", "modal")
                .put("callback_id", callback)
                .put("private_metadata", metadata);
        view.set("title", Blocks.plain(title, TITLE));
        if (!submit.isEmpty()) {
            view.set("submit", Blocks.plain(submit, TITLE));
        }
        view.set("close", Blocks.plain(close, TITLE));
        return view.set("blocks", Blocks.array(blocks, MOST));
    }
}
