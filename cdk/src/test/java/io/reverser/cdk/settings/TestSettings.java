package io.reverser.cdk.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Reads the settings of dev, unchanged or changed by a test. */
public final class TestSettings {

    private static final Path CONFIG = Path.of("config");
    private static final String SCHEMA = "settings.schema.json";

    private TestSettings() {}

    static String dev() {
        try {
            return Files.readString(CONFIG.resolve("dev.yaml"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Writes a YAML text as the settings of dev into another folder. */
    public static void write(Path config, String yaml) throws IOException {
        write(config, "dev", yaml);
    }

    /** Writes a YAML text as the settings of an environment into another folder. */
    public static void write(Path config, String environment, String yaml) throws IOException {
        Files.copy(CONFIG.resolve(SCHEMA), config.resolve(SCHEMA), StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(config.resolve(environment + ".yaml"), yaml);
    }

    static Settings read(String yaml) {
        try {
            Path folder = Files.createTempDirectory("settings");
            write(folder, yaml);
            try {
                return SettingsFile.read(folder, "dev");
            } finally {
                Files.delete(folder.resolve(SCHEMA));
                Files.delete(folder.resolve("dev.yaml"));
                Files.delete(folder);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The settings of dev in which a section is replaced with other content. */
    static String with(String section, JsonNode content) throws IOException {
        var settings = (ObjectNode) new YAMLMapper().readTree(dev());
        return settings.set(section, content).toString();
    }

    /** The problems of settings in a YAML text; none if the settings are valid. */
    static List<String> problems(String yaml) {
        try {
            read(yaml);
            return List.of();
        } catch (InvalidSettingsException invalid) {
            return invalid.problems();
        }
    }
}
