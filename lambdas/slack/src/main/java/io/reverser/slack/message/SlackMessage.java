package io.reverser.slack.message;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * A message.
 *
 * @param text for notifications and screen readers; if there is a bar, Slack also shows it above the blocks
 * @param colour of the bar beside the blocks, like {@code #c0264b}; no bar without it
 * @param dedupKey by which the message can be found later; part of its metadata, which Slack does not show
 */
public record SlackMessage(String text, List<ObjectNode> blocks, Optional<String> colour, Optional<String> dedupKey) {

    static final String METADATA_EVENT_TYPE = "platform_message";
    public static final String METADATA_DEDUP_KEY = "dedup_key";

    private static final int MAX_BLOCKS = 50;

    /** Makes a defensive copy of the list. */
    public SlackMessage {
        blocks = List.copyOf(blocks);
    }

    /** A message without a coloured bar and without a key. */
    public SlackMessage(String text, List<ObjectNode> blocks) {
        this(text, blocks, Optional.empty(), Optional.empty());
    }

    /** The message with a key, by which it can be found later. */
    public SlackMessage withDedupKey(String key) {
        return new SlackMessage(text, blocks, colour, Optional.of(key));
    }

    /** Whether the message shows files. */
    public boolean hasImages() {
        return blocks.stream().anyMatch(SlackMessage::isImage);
    }

    /** The message without its files. */
    public SlackMessage withoutImages() {
        return new SlackMessage(
                text, blocks.stream().filter(block -> !isImage(block)).toList(), colour, dedupKey);
    }

    private static boolean isImage(ObjectNode block) {
        return block.path("type").asText().equals("image");
    }

    /** The blocks outside the coloured bar, as JSON. */
    public ArrayNode topLevelBlocks() {
        return Blocks.array(colour.isPresent() ? List.of() : blocks, MAX_BLOCKS);
    }

    /** The blocks in the coloured bar, as attachments. */
    public ArrayNode attachments() {
        ArrayNode attachments = JsonNodeFactory.instance.arrayNode();
        colour.ifPresent(color -> attachments
                .addObject()
                .put("color", color)
                .put("fallback", text)
                .set("blocks", Blocks.array(blocks, MAX_BLOCKS)));
        return attachments;
    }

    /** The key as message metadata; empty without a key. */
    public Optional<String> metadata() {
        return dedupKey.map(key -> {
            ObjectNode metadata = JsonNodeFactory.instance.objectNode().put("event_type", METADATA_EVENT_TYPE);
            metadata.putObject("event_payload").put(METADATA_DEDUP_KEY, key);
            return metadata.toString();
        });
    }
}
