package io.reverser.cdk.settings;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.reverser.access.policy.PolicyReader;
import io.reverser.alarms.routes.Routes;
import io.reverser.configreader.NotUtf8Exception;
import io.reverser.configreader.Utf8File;
import io.reverser.rotation.plan.RotationPlan;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;

/** Reads {@code cdk/config/<environment>.yaml} and reports every problem in it at once. */
public final class SettingsFile {

    /** A duplicate key is an error, because only one of its values can be meant. */
    private static final ObjectMapper YAML = new YAMLMapper(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);

    private SettingsFile() {}

    /**
     * Reads the settings of an environment.
     *
     * @param folder the folder with a file for each environment, and with the schema of these files
     * @throws InvalidSettingsException with every problem
     */
    public static Settings read(Path folder, String environment) {
        Path file = folder.resolve(environment + ".yaml");
        var problems = new LinkedHashMap<String, String>();
        try {
            JsonNode content = YAML.readTree(Utf8File.read(file));
            var settings = new ConfigSection("", content, problems);
            SettingsSchema.read(folder.resolve("settings.schema.json")).validate(settings);
            CrossFieldRules.check(environment, settings);
            if (problems.isEmpty()) {
                return bind(environment, content);
            }
        } catch (JacksonException malformed) {
            problems.put("", malformed.getOriginalMessage());
        } catch (NotUtf8Exception otherEncoding) {
            problems.put("", String.valueOf(otherEncoding.getMessage()));
        } catch (NoSuchFileException missing) {
            problems.put("", "cannot be read; there is no environment " + environment);
        } catch (IOException unreadable) {
            problems.put("", "cannot be read (" + unreadable + ")");
        }
        throw new InvalidSettingsException(problems.entrySet().stream()
                .map(problem -> environment + ".yaml: " + (problem.getKey().isEmpty() ? "" : problem.getKey() + ": ")
                        + problem.getValue())
                .toList());
    }

    private static Settings bind(String environment, JsonNode content) throws JacksonException {
        return new Settings(
                environment,
                content.path("account").asText(),
                content.path("region").asText(),
                content.path("deletion_protection").asBoolean(),
                YAML.treeToValue(content.path("network"), NetworkSettings.class),
                YAML.treeToValue(content.path("cluster"), ClusterSettings.class),
                YAML.treeToValue(content.path("database"), DatabaseSettings.class),
                YAML.treeToValue(content.path("delivery"), DeliverySettings.class),
                YAML.treeToValue(content.path("argocd"), ArgoCdSettings.class),
                YAML.treeToValue(content.path("operations"), OperationsSettings.class),
                Routes.read(content.path("alarms")),
                content.path("alarms"),
                RotationPlan.read(content.path("rotation")),
                content.path("rotation"),
                PolicyReader.read(content.path("access")),
                content.path("access"));
    }
}
