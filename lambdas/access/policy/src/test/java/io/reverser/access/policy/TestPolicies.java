package io.reverser.access.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The access policy that the tests use, in YAML like the settings. */
final class TestPolicies {

    private TestPolicies() {}

    static JsonNode json() {
        return json("", "");
    }

    /** The policy as JSON, with one text replaced by another. */
    static JsonNode json(String text, String replacement) {
        try {
            String yaml = Files.readString(Path.of("src/test/resources/access.yaml"));
            return new YAMLMapper().readTree(yaml.replace(text, replacement)).path("access");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
