package io.reverser.simulators.slack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The rules for Slack modals.
 *
 * @see <a href="https://docs.slack.dev/reference/views/modal-views">Modal views</a>
 */
final class ViewValidator {

    private static final int MAX_TITLE_LENGTH = 24;
    private static final int MAX_METADATA_LENGTH = 3000;
    private static final int MAX_BLOCKS = 100;
    private static final int MAX_OPTIONS = 100;
    private static final int MAX_OPTION_TEXT_LENGTH = 75;

    private ViewValidator() {}

    /** Validates a view, and returns the violated rule; empty if the view is valid. */
    static Optional<String> validate(JsonNode view) {
        JsonNode blocks = view.path("blocks");
        return Stream.of(
                        violationUnless(view.path("type").asText().equals("modal"), "type: modal"),
                        violationUnless(isText(view.path("title"), MAX_TITLE_LENGTH), "title: 1 to 24 characters"),
                        violationUnless(
                                !view.has("submit") || isText(view.path("submit"), MAX_TITLE_LENGTH),
                                "submit: 1 to 24 characters"),
                        violationUnless(
                                view.path("private_metadata").asText().length() <= MAX_METADATA_LENGTH,
                                "private_metadata: at most 3000 characters"),
                        violationUnless(
                                blocks.isArray() && !blocks.isEmpty() && blocks.size() <= MAX_BLOCKS,
                                "blocks: 1 to 100"),
                        blocks.valueStream()
                                .flatMap(block -> validateInput(block).stream())
                                .findFirst())
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> validateInput(JsonNode block) {
        if (!block.path("type").asText().equals("input")) {
            return Optional.empty();
        }
        JsonNode element = block.path("element");
        List<JsonNode> options = element.path("options").valueStream().toList();
        boolean select = element.path("type").asText().equals("static_select");
        boolean listed = !options.isEmpty()
                && options.size() <= MAX_OPTIONS
                && options.stream().allMatch(option -> isText(option.path("text"), MAX_OPTION_TEXT_LENGTH));
        return violationUnless(!select || listed, "options: 1 to 100, of 1 to 75 characters");
    }

    private static boolean isText(JsonNode text, int maxLength) {
        int length = text.path("text").asText().length();
        return length > 0 && length <= maxLength;
    }

    private static Optional<String> violationUnless(boolean valid, String rule) {
        return valid ? Optional.empty() : Optional.of(rule);
    }
}
