package io.reverser.simulators.slack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What Slack takes for a modal.
 *
 * @see <a href="https://docs.slack.dev/reference/views/modal-views">Modal views</a>
 */
final class ViewRules {

    private static final int TITLE = 24;
    private static final int METADATA = 3000;
    private static final int BLOCKS = 100;
    private static final int OPTIONS = 100;
    private static final int OPTION_TEXT = 75;

    private ViewRules() {}

    /** What is wrong, in words; empty when nothing is. */
    static Optional<String> flaw(JsonNode view) {
        JsonNode blocks = view.path("blocks");
        return Stream.of(
                        rule(view.path("type").asText().equals("modal"), "type: modal"),
                        rule(isText(view.path("title"), TITLE), "title: 1 to 24 characters"),
                        rule(!view.has("submit") || isText(view.path("submit"), TITLE), "submit: 1 to 24 characters"),
                        rule(
                                view.path("private_metadata").asText().length() <= METADATA,
                                "private_metadata: at most 3000 characters"),
                        rule(blocks.isArray() && !blocks.isEmpty() && blocks.size() <= BLOCKS, "blocks: 1 to 100"),
                        blocks.valueStream()
                                .flatMap(block -> input(block).stream())
                                .findFirst())
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> input(JsonNode block) {
        if (!block.path("type").asText().equals("input")) {
            return Optional.empty();
        }
        JsonNode element = block.path("element");
        List<JsonNode> options = element.path("options").valueStream().toList();
        boolean select = element.path("type").asText().equals("static_select");
        boolean listed = !options.isEmpty()
                && options.size() <= OPTIONS
                && options.stream().allMatch(option -> isText(option.path("text"), OPTION_TEXT));
        return rule(!select || listed, "options: 1 to 100, of 1 to 75 characters");
    }

    private static boolean isText(JsonNode text, int longest) {
        int length = text.path("text").asText().length();
        return length > 0 && length <= longest;
    }

    private static Optional<String> rule(boolean kept, String rule) {
        return kept ? Optional.empty() : Optional.of(rule);
    }
}
