package io.reverser.slack.message;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A Slack modal.
 *
 * @param callbackId identifies the kind of modal when it is submitted
 * @param submitLabel the label of the submit button; empty for no button
 * @param privateMetadata data that Slack returns with the submission, and does not show to the user
 */
public record SlackView(
        String callbackId,
        String title,
        String submitLabel,
        String closeLabel,
        String privateMetadata,
        List<ObjectNode> blocks) {

    private static final int MAX_BLOCKS = 100;
    private static final int MAX_TITLE_LENGTH = 24;
    private static final int MAX_METADATA_LENGTH = 3000;

    /** Makes a defensive copy of the list. */
    public SlackView {
        Blocks.requireLimit(
                privateMetadata.length() <= MAX_METADATA_LENGTH,
                "the metadata of a view has at most " + MAX_METADATA_LENGTH + " characters");
        blocks = List.copyOf(blocks);
    }

    /** The modal as JSON for Slack's method {@code views.open}. */
    public ObjectNode toJson() {
        ObjectNode view = JsonNodeFactory.instance
                .objectNode()
                .put("type", "modal")
                .put("callback_id", callbackId)
                .put("private_metadata", privateMetadata);
        view.set("title", Blocks.plainText(title, MAX_TITLE_LENGTH));
        if (!submitLabel.isEmpty()) {
            view.set("submit", Blocks.plainText(submitLabel, MAX_TITLE_LENGTH));
        }
        view.set("close", Blocks.plainText(closeLabel, MAX_TITLE_LENGTH));
        return view.set("blocks", Blocks.array(blocks, MAX_BLOCKS));
    }
}
