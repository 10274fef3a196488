package io.reverser.slack.message;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * A Slack message.
 *
 * @param text the text for notifications and screen readers; if the message has a coloured bar, Slack also shows the
 *     text above the blocks
 * @param colour the colour of a bar beside the blocks, such as {@code #c0264b}; empty for no bar
 * @param dedupKey a deduplication key with which the app can find the message later; part of the message's metadata,
 *     which Slack does not show
 */
public record SlackMessage(String text, List<ObjectNode> blocks, Optional<String> colour, Optional<String> dedupKey) {

    static final String METADATA_EVENT_TYPE = "platform_message";
    public static final String METADATA_DEDUP_KEY = "dedup_key";

    private static final int MAX_BLOCKS = 50;

    /** Makes a defensive copy of the list. */
    public SlackMessage {
        blocks = List.copyOf(blocks);
    }

    /** Creates a message without a coloured bar and without a deduplication key. */
    public SlackMessage(String text, List<ObjectNode> blocks) {
        this(text, blocks, Optional.empty(), Optional.empty());
    }

    /** A copy of the message with a deduplication key, with which the app can find the message later. */
    public SlackMessage withDedupKey(String key) {
        return new SlackMessage(text, blocks, colour, Optional.of(key));
    }

    /** Whether the message shows uploaded images. */
    public boolean hasImages() {
        return blocks.stream().anyMatch(SlackMessage::isImage);
    }

    /** A copy of the message without its images. */
    public SlackMessage withoutImages() {
        return new SlackMessage(
                text, blocks.stream().filter(block -> !isImage(block)).toList(), colour, dedupKey);
    }

    private static boolean isImage(ObjectNode block) {
        return block.path("type").asText().equals("image");
    }

    /** The blocks as JSON; empty if the message has a coloured bar. */
    public ArrayNode topLevelBlocks() {
        return Blocks.array(colour.isPresent() ? List.of() : blocks, MAX_BLOCKS);
    }

    /** The blocks as an attachment with the coloured bar; empty if the message has no bar. */
    public ArrayNode attachments() {
        ArrayNode attachments = JsonNodeFactory.instance.arrayNode();
        colour.ifPresent(color -> attachments
                .addObject()
                .put("color", color)
                .put("fallback", text)
                .set("blocks", Blocks.array(blocks, MAX_BLOCKS)));
        return attachments;
    }

    /** The deduplication key as message metadata; empty if the message has no key. */
    public Optional<String> metadata() {
        return dedupKey.map(key -> {
            ObjectNode metadata = JsonNodeFactory.instance.objectNode().put("event_type", METADATA_EVENT_TYPE);
            metadata.putObject("event_payload").put(METADATA_DEDUP_KEY, key);
            return metadata.toString();
        });
    }
}
