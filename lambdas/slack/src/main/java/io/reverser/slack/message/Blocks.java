package io.reverser.slack.message;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Creates the blocks of Slack's Block Kit that this project uses, within Slack's size limits. Text that is only
 * displayed is truncated; a value that is too large is rejected with an exception, before Slack rejects it.
 *
 * @see <a href="https://docs.slack.dev/reference/block-kit/blocks">Block Kit reference</a>
 */
public final class Blocks {

    /** The maximum length of a link button's URL, in characters. */
    public static final int MAX_URL_LENGTH = 3000;

    private static final int MAX_HEADER_LENGTH = 150;
    private static final int MAX_SECTION_LENGTH = 3000;
    private static final int MAX_FIELD_LENGTH = 2000;
    private static final int MAX_FIELDS = 10;
    private static final int MAX_BUTTON_LABEL_LENGTH = 75;
    private static final int MAX_BUTTON_VALUE_LENGTH = 2000;
    private static final int MAX_ELEMENTS = 25;
    private static final int MAX_OPTIONS = 100;
    private static final int MAX_OPTION_LENGTH = 75;
    private static final int MAX_LABEL_LENGTH = 2000;

    private Blocks() {}

    /** A header block. */
    public static ObjectNode header(String text) {
        return block("header").set("text", plainText(text, MAX_HEADER_LENGTH));
    }

    /** A section with text in Slack's mrkdwn. */
    public static ObjectNode section(String markup) {
        return block("section").set("text", mrkdwn(markup, MAX_SECTION_LENGTH));
    }

    /** A section with at most ten fields. */
    public static ObjectNode fields(List<String> markup) {
        requireLimit(markup.size() <= MAX_FIELDS, "a section has at most " + MAX_FIELDS + " fields");
        ObjectNode section = block("section");
        ArrayNode fields = section.putArray("fields");
        markup.forEach(field -> fields.add(mrkdwn(field, MAX_FIELD_LENGTH)));
        return section;
    }

    /** A context block. */
    public static ObjectNode context(String markup) {
        ObjectNode context = block("context");
        context.putArray("elements").add(mrkdwn(markup, MAX_SECTION_LENGTH));
        return context;
    }

    /** A row of buttons. */
    public static ObjectNode actions(ObjectNode... buttons) {
        requireLimit(
                buttons.length > 0 && buttons.length <= MAX_ELEMENTS, "a row has 1 to " + MAX_ELEMENTS + " buttons");
        ObjectNode actions = block("actions");
        actions.putArray("elements").addAll(List.of(buttons));
        return actions;
    }

    /** The style of a button. */
    public enum Style {
        /** The default style. */
        DEFAULT,
        /** The style of a suggested action. */
        PRIMARY,
        /** The style of a destructive action. */
        DANGER
    }

    /** A button; when a user clicks it, Slack sends the button's value to the app. */
    public static ObjectNode button(String action, String label, String value, Style style) {
        requireLimit(
                value.length() <= MAX_BUTTON_VALUE_LENGTH,
                "the value of a button has at most " + MAX_BUTTON_VALUE_LENGTH + " characters");
        ObjectNode button = block("button").put("action_id", action).put("value", value);
        button.set("text", plainText(label, MAX_BUTTON_LABEL_LENGTH));
        return switch (style) {
            case DEFAULT -> button;
            case PRIMARY -> button.put("style", "primary");
            case DANGER -> button.put("style", "danger");
        };
    }

    /** A button that opens a link. Slack also sends clicks on link buttons to the app, which ignores them. */
    public static ObjectNode linkButton(String action, String label, String url) {
        requireLimit(url.length() <= MAX_URL_LENGTH, "an address has at most " + MAX_URL_LENGTH + " characters");
        return block("button")
                .put("action_id", action)
                .put("url", url)
                .set("text", plainText(label, MAX_BUTTON_LABEL_LENGTH));
    }

    /** An input for text, which is required or optional. */
    public static ObjectNode textInput(String id, String label, String hint, boolean optional, boolean multiline) {
        ObjectNode element = block("plain_text_input").put("action_id", id).put("multiline", multiline);
        return input(id, label, hint, optional, element);
    }

    /** An input for selecting one of the options, which are labels by value. */
    public static ObjectNode select(String id, String label, Map<String, String> options) {
        requireLimit(
                !options.isEmpty() && options.size() <= MAX_OPTIONS, "a list has 1 to " + MAX_OPTIONS + " options");
        ObjectNode element = block("static_select").put("action_id", id);
        ArrayNode list = element.putArray("options");
        options.forEach((value, optionLabel) ->
                list.addObject().put("value", value).set("text", plainText(optionLabel, MAX_OPTION_LENGTH)));
        return input(id, label, "", false, element);
    }

    /**
     * An uploaded image.
     *
     * @param fileId the ID of the uploaded file
     * @param altText a description of the image for screen readers
     */
    public static ObjectNode image(String fileId, String altText) {
        ObjectNode image = block("image").put("alt_text", Mrkdwn.truncate(altText, MAX_LABEL_LENGTH));
        image.putObject("slack_file").put("id", fileId);
        return image;
    }

    private static ObjectNode input(String id, String label, String hint, boolean optional, ObjectNode element) {
        ObjectNode input = block("input").put("block_id", id).put("optional", optional);
        input.set("label", plainText(label, MAX_LABEL_LENGTH));
        if (!hint.isEmpty()) {
            input.set("hint", plainText(hint, MAX_LABEL_LENGTH));
        }
        return input.set("element", element);
    }

    static ObjectNode plainText(String text, int maxLength) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", "plain_text")
                .put("text", Mrkdwn.truncate(text, maxLength));
    }

    /** Text in mrkdwn, marked as verbatim, so that Slack does not turn words into channel names or links. */
    private static ObjectNode mrkdwn(String text, int maxLength) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", "mrkdwn")
                .put("text", Mrkdwn.truncate(text, maxLength))
                .put("verbatim", true);
    }

    static ArrayNode array(Collection<ObjectNode> blocks, int maxBlocks) {
        requireLimit(blocks.size() <= maxBlocks, "there are at most " + maxBlocks + " blocks");
        return JsonNodeFactory.instance.arrayNode().addAll(blocks);
    }

    static void requireLimit(boolean fits, String limit) {
        if (!fits) {
            throw new IllegalArgumentException("Slack would reject this: " + limit);
        }
    }

    private static ObjectNode block(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }
}
