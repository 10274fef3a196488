package io.reverser.slack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Block Kit, as much as we use of it. Sizes are Slack's: what is only shown is cut to fit, what means something and is too
 * large is refused here, before Slack does.
 *
 * @see <a href="https://docs.slack.dev/reference/block-kit/blocks">Block Kit reference</a>
 */
public final class Blocks {

    /** Characters of the longest address that a button takes. */
    public static final int LONGEST_URL = 3000;

    private static final int HEADER = 150;
    private static final int SECTION = 3000;
    private static final int FIELD = 2000;
    private static final int FIELDS = 10;
    private static final int BUTTON = 75;
    private static final int VALUE = 2000;
    private static final int ELEMENTS = 25;
    private static final int OPTIONS = 100;
    private static final int OPTION = 75;
    private static final int LABEL = 2000;

    private Blocks() {}

    /** A large line. */
    public static ObjectNode header(String text) {
        return block("header").set("text", plain(text, HEADER));
    }

    /** A paragraph of markup. */
    public static ObjectNode section(String markup) {
        return block("section").set("text", markup(markup, SECTION));
    }

    /** Pairs of small paragraphs, at most ten. */
    public static ObjectNode fields(List<String> markup) {
        check(markup.size() <= FIELDS, "a section has at most " + FIELDS + " fields");
        ObjectNode section = block("section");
        ArrayNode fields = section.putArray("fields");
        markup.forEach(field -> fields.add(markup(field, FIELD)));
        return section;
    }

    /** A small line. */
    public static ObjectNode context(String markup) {
        ObjectNode context = block("context");
        context.putArray("elements").add(markup(markup, SECTION));
        return context;
    }

    /** A row of buttons. */
    public static ObjectNode actions(ObjectNode... buttons) {
        check(buttons.length > 0 && buttons.length <= ELEMENTS, "a row has 1 to " + ELEMENTS + " buttons");
        ObjectNode actions = block("actions");
        actions.putArray("elements").addAll(List.of(buttons));
        return actions;
    }

    /** How a button looks. */
    public enum Style {
        /** Like the others. */
        PLAIN,
        /** The one that is meant to be clicked. */
        PRIMARY,
        /** The one to think about. */
        DANGER
    }

    /** A button that comes back to us with its value. */
    public static ObjectNode button(String action, String label, String value, Style style) {
        check(value.length() <= VALUE, "the value of a button has at most " + VALUE + " characters");
        ObjectNode button = block("button").put("action_id", action).put("value", value);
        button.set("text", plain(label, BUTTON));
        return switch (style) {
            case PLAIN -> button;
            case PRIMARY -> button.put("style", "primary");
            case DANGER -> button.put("style", "danger");
        };
    }

    /** A button that opens a page and comes back to nobody. */
    public static ObjectNode link(String action, String label, String url) {
        check(url.length() <= LONGEST_URL, "an address has at most " + LONGEST_URL + " characters");
        return block("button").put("action_id", action).put("url", url).set("text", plain(label, BUTTON));
    }

    /** A field to write in, or to leave empty. */
    public static ObjectNode textInput(String id, String label, String hint, boolean optional, boolean lines) {
        ObjectNode element = block("plain_text_input").put("action_id", id).put("multiline", lines);
        return input(id, label, hint, optional, element);
    }

    /** A list to choose one from; values with what is shown for them. */
    public static ObjectNode select(String id, String label, Map<String, String> options) {
        check(!options.isEmpty() && options.size() <= OPTIONS, "a list has 1 to " + OPTIONS + " options");
        ObjectNode element = block("static_select").put("action_id", id);
        ArrayNode list = element.putArray("options");
        options.forEach((value, shown) -> list.addObject().put("value", value).set("text", plain(shown, OPTION)));
        return input(id, label, "", false, element);
    }

    /**
     * A picture that was uploaded.
     *
     * @param file its id
     * @param shown what is said to those who do not see it
     */
    public static ObjectNode image(String file, String shown) {
        ObjectNode image = block("image").put("alt_text", Text.cut(shown, LABEL));
        image.putObject("slack_file").put("id", file);
        return image;
    }

    private static ObjectNode input(String id, String label, String hint, boolean optional, ObjectNode element) {
        ObjectNode input = block("input").put("block_id", id).put("optional", optional);
        input.set("label", plain(label, LABEL));
        if (!hint.isEmpty()) {
            input.set("hint", plain(hint, LABEL));
        }
        return input.set("element", element);
    }

    static ObjectNode plain(String text, int longest) {
        return JsonNodeFactory.instance.objectNode().put("type", "plain_text").put("text", Text.cut(text, longest));
    }

    /** Verbatim: Slack makes nothing of what only looks like a channel or a link. */
    private static ObjectNode markup(String text, int longest) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", "mrkdwn")
                .put("text", Text.cut(text, longest))
                .put("verbatim", true);
    }

    static ArrayNode array(Collection<ObjectNode> blocks, int most) {
        check(blocks.size() <= most, "there are at most " + most + " blocks");
        return JsonNodeFactory.instance.arrayNode().addAll(blocks);
    }

    static void check(boolean fits, String limit) {
        if (!fits) {
            throw new IllegalArgumentException("Slack refuses this: " + limit);
        }
    }

    private static ObjectNode block(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }
}
