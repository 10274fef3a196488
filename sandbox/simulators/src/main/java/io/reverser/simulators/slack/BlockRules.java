package io.reverser.simulators.slack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What Slack takes for blocks.
 *
 * @see <a href="https://docs.slack.dev/reference/block-kit/blocks">Block Kit reference</a>
 */
final class BlockRules {

    private static final int BLOCKS = 50;
    private static final Map<String, Integer> TEXT = Map.of("section", 3000, "header", 150, "button", 75);
    private static final Set<String> STYLES = Set.of("primary", "danger");

    private BlockRules() {}

    /**
     * What is wrong, in words; empty when nothing is.
     *
     * @param isShown whether a file may be shown by now
     */
    static Optional<String> flaw(JsonNode blocks, Predicate<String> isShown) {
        if (!blocks.isArray() || blocks.size() > BLOCKS) {
            return Optional.of("blocks: a list of at most " + BLOCKS);
        }
        return blocks.valueStream()
                .flatMap(block -> flawOf(block, isShown).stream())
                .findFirst();
    }

    private static Optional<String> flawOf(JsonNode block, Predicate<String> isShown) {
        return switch (block.path("type").asText()) {
            case "section" ->
                block.has("fields")
                        ? many(block.path("fields"), 10, field -> text(field, 2000))
                        : text(block.path("text"), TEXT.getOrDefault("section", 0));
            case "header" -> text(block.path("text"), TEXT.getOrDefault("header", 0));
            case "context" -> many(block.path("elements"), 10, element -> text(element, 3000));
            case "actions" -> many(block.path("elements"), 25, BlockRules::button);
            case "image" ->
                isShown.test(block.path("slack_file").path("id").asText())
                                && !block.path("alt_text").asText().isEmpty()
                        ? Optional.empty()
                        : Optional.of("invalid slack file");
            case "divider" -> Optional.empty();
            default -> Optional.of("unsupported type: " + block.path("type").asText());
        };
    }

    private static Optional<String> many(JsonNode list, int most, Function<JsonNode, Optional<String>> rule) {
        if (list.isEmpty() || list.size() > most) {
            return Optional.of("must have 1 to " + most + " items");
        }
        return list.valueStream().flatMap(item -> rule.apply(item).stream()).findFirst();
    }

    private static Optional<String> button(JsonNode button) {
        boolean style =
                !button.has("style") || STYLES.contains(button.path("style").asText());
        String url = button.path("url").asText();
        boolean address = url.isEmpty() || (url.length() <= 3000 && url.startsWith("http"));
        boolean sizes = button.path("value").asText().length() <= 2000
                && button.path("action_id").asText().length() <= 255
                && !button.path("action_id").asText().isEmpty();
        return style && sizes && address
                ? text(button.path("text"), TEXT.getOrDefault("button", 0))
                : Optional.of("invalid button");
    }

    private static Optional<String> text(JsonNode text, int longest) {
        int length = text.path("text").asText().length();
        return length > 0 && length <= longest
                ? Optional.empty()
                : Optional.of("must be 1 to " + longest + " characters");
    }
}
