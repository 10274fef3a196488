package io.reverser.cdk.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reverser.cdk.GoldenFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The reference of the settings in {@code docs/settings.md} is generated from the schema. */
class SettingsReferenceTest {

    private final List<String> page = new ArrayList<>();

    @Test
    void isGeneratedFromTheSchema() throws IOException {
        Path file = Path.of("config/settings.schema.json");
        SettingsSchema schema = SettingsSchema.read(file);
        JsonNode root = new ObjectMapper().readTree(file.toFile());
        page.addAll("""
                # Settings of an environment

                The keys of `cdk/config/<environment>.yaml`. `SettingsReferenceTest` generates this page from
                [settings.schema.json](../cdk/config/settings.schema.json), which editors use for
                completion and `./platform` for validation. A name in angle brackets stands for a key of your own, `[]` for each entry of a list.

                A *fixed* setting cannot change after the first deployment, because CloudFormation would refuse the change
                or replace a resource that holds data (`TransitionsTest`). To change it, [tear down](operations.md#tear-down)
                the environment, and deploy it again.""".lines().toList());
        addSection("Top level", "", root, schema);
        root.path("properties").properties().stream()
                .filter(section -> section.getValue().path("type").asText().equals("object"))
                .forEach(section -> addSection(
                        "`" + section.getKey() + "`",
                        cell(section.getValue().path("description").asText()) + ".",
                        section.getValue(),
                        schema));
        GoldenFile.check(Path.of("../docs/settings.md"), page);
    }

    private void addSection(String title, String description, JsonNode section, SettingsSchema schema) {
        page.addAll(List.of("", "## " + title, ""));
        if (!description.isEmpty()) {
            page.addAll(List.of(description, ""));
        }
        page.addAll(List.of("| Key | Value | Default | Meaning |", "|---|---|---|---|"));
        addRows("", section, schema, description.isEmpty());
    }

    private void addRows(String prefix, JsonNode reference, SettingsSchema schema, boolean topLevel) {
        JsonNode section = schema.resolve(reference);
        for (Map.Entry<String, JsonNode> property : section.path("properties").properties()) {
            JsonNode value = schema.resolve(property.getValue());
            boolean required = section.path("required")
                    .valueStream()
                    .anyMatch(key -> key.asText().equals(property.getKey()));
            assertThat(value.path("description").asText())
                    .as(prefix + property.getKey())
                    .isNotBlank();
            if (!topLevel || !value.path("type").asText().equals("object")) {
                page.add("| `%s` | %s | %s | %s |"
                        .formatted(
                                prefix + property.getKey(),
                                cell(describe(value, schema)),
                                required ? "*required*" : defaultOf(value),
                                cell(value.path("description").asText()) + fixed(value)));
                addRows(prefix + property.getKey() + ".", value, schema, false);
                addRows(prefix + property.getKey() + ".<name>.", value.path("additionalProperties"), schema, false);
                addRows(prefix + property.getKey() + "[].", value.path("items"), schema, false);
            }
        }
    }

    /** Describes which values a setting may have; for a list of plain values, also which entries. */
    private static String describe(JsonNode value, SettingsSchema schema) {
        JsonNode items = schema.resolve(value.path("items"));
        return items.has("errorMessage") && !items.has("properties")
                ? SettingsSchema.expected(value) + "; each " + SettingsSchema.expected(items)
                : SettingsSchema.expected(value).replaceFirst("^a section with the keys .*", "a section");
    }

    private static String defaultOf(JsonNode value) {
        return value.has("default") && !value.path("default").isContainerNode()
                ? "`" + value.path("default").asText() + "`"
                : "";
    }

    private static String fixed(JsonNode value) {
        return value.has("x-fixed") ? ". *Fixed*: " + cell(value.path("x-fixed").asText()) : "";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*");
    }
}
