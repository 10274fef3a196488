package io.reverser.simulators.slack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The rules for Block Kit blocks.
 *
 * @see <a href="https://docs.slack.dev/reference/block-kit/blocks">Block Kit reference</a>
 */
final class BlockKitValidator {

    private static final int MAX_BLOCKS = 50;
    private static final Map<String, Integer> MAX_TEXT_LENGTHS = Map.of("section", 3000, "header", 150, "button", 75);
    private static final Set<String> STYLES = Set.of("primary", "danger");

    private BlockKitValidator() {}

    /**
     * Validates blocks, and returns the violated rule; empty if the blocks are valid.
     *
     * @param isDisplayable whether a block can show the file with the given ID
     */
    static Optional<String> validate(JsonNode blocks, Predicate<String> isDisplayable) {
        if (!blocks.isArray() || blocks.size() > MAX_BLOCKS) {
            return Optional.of("blocks: a list of at most " + MAX_BLOCKS);
        }
        return blocks.valueStream()
                .flatMap(block -> validateBlock(block, isDisplayable).stream())
                .findFirst();
    }

    private static Optional<String> validateBlock(JsonNode block, Predicate<String> isDisplayable) {
        return switch (block.path("type").asText()) {
            case "section" ->
                block.has("fields")
                        ? validateList(block.path("fields"), 10, field -> validateText(field, 2000))
                        : validateText(block.path("text"), MAX_TEXT_LENGTHS.getOrDefault("section", 0));
            case "header" -> validateText(block.path("text"), MAX_TEXT_LENGTHS.getOrDefault("header", 0));
            case "context" -> validateList(block.path("elements"), 10, element -> validateText(element, 3000));
            case "actions" -> validateList(block.path("elements"), 25, BlockKitValidator::validateButton);
            case "image" ->
                isDisplayable.test(block.path("slack_file").path("id").asText())
                                && !block.path("alt_text").asText().isEmpty()
                        ? Optional.empty()
                        : Optional.of("invalid slack file");
            case "divider" -> Optional.empty();
            default -> Optional.of("unsupported type: " + block.path("type").asText());
        };
    }

    private static Optional<String> validateList(JsonNode list, int max, Function<JsonNode, Optional<String>> rule) {
        if (list.isEmpty() || list.size() > max) {
            return Optional.of("must have 1 to " + max + " items");
        }
        return list.valueStream().flatMap(item -> rule.apply(item).stream()).findFirst();
    }

    private static Optional<String> validateButton(JsonNode button) {
        boolean style =
                !button.has("style") || STYLES.contains(button.path("style").asText());
        String url = button.path("url").asText();
        boolean address = url.isEmpty() || (url.length() <= 3000 && url.startsWith("http"));
        boolean sizes = button.path("value").asText().length() <= 2000
                && button.path("action_id").asText().length() <= 255
                && !button.path("action_id").asText().isEmpty();
        return style && sizes && address
                ? validateText(button.path("text"), MAX_TEXT_LENGTHS.getOrDefault("button", 0))
                : Optional.of("invalid button");
    }

    private static Optional<String> validateText(JsonNode text, int maxLength) {
        int length = text.path("text").asText().length();
        return length > 0 && length <= maxLength
                ? Optional.empty()
                : Optional.of("must be 1 to " + maxLength + " characters");
    }
}
