package io.reverser.slack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * A message.
 *
 * @param text what notifications and screen readers say; above a bar of colour everybody reads it
 * @param colour of the bar beside the blocks, like {@code #c0264b}; no bar without it
 * @param mark nobody sees it; {@link Slack#find} finds the message by it
 */
public record SlackMessage(String text, List<ObjectNode> blocks, Optional<String> colour, Optional<String> mark) {

    static final String EVENT = "platform_message";
    static final String MARK = "mark";

    private static final int MOST = 50;

    /** Keeps its own list. */
    public SlackMessage {
        blocks = List.copyOf(blocks);
    }

    /** Without a bar and without a mark. */
    public SlackMessage(String text, List<ObjectNode> blocks) {
        this(text, blocks, Optional.empty(), Optional.empty());
    }

    /** The same, to be found again. */
    public SlackMessage marked(String with) {
        return new SlackMessage(text, blocks, colour, Optional.of(with));
    }

    /** Whether Slack has to find files for it. */
    public boolean hasPictures() {
        return blocks.stream().anyMatch(SlackMessage::isPicture);
    }

    /** The same without them. */
    public SlackMessage withoutPictures() {
        return new SlackMessage(
                text, blocks.stream().filter(block -> !isPicture(block)).toList(), colour, mark);
    }

    private static boolean isPicture(ObjectNode block) {
        return block.path("type").asText().equals("image");
    }

    /** The blocks that have no bar, as Slack takes them. */
    public ArrayNode blockArray() {
        return Blocks.array(colour.isPresent() ? List.of() : blocks, MOST);
    }

    /** The blocks that have one. */
    ArrayNode attachments() {
        ArrayNode attachments = JsonNodeFactory.instance.arrayNode();
        colour.ifPresent(bar -> attachments
                .addObject()
                .put("color", bar)
                .put("fallback", text)
                .set("blocks", Blocks.array(blocks, MOST)));
        return attachments;
    }

    /** The mark, as Slack keeps it; nothing for no mark. */
    Optional<String> metadata() {
        return mark.map(text -> {
            ObjectNode metadata = JsonNodeFactory.instance.objectNode().put("event_type", EVENT);
            metadata.putObject("event_payload").put(MARK, text);
            return metadata.toString();
        });
    }
}
