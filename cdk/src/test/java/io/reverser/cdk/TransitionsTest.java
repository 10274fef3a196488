package io.reverser.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.reverser.cdk.settings.TestSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which settings can change after a deployment: what CloudFormation would do is derived from the templates. */
class TransitionsTest {

    /** Another value of each setting that can change; null removes it. */
    private static final Map<String, String> CHANGEABLE = new TreeMap<>(Map.ofEntries(
            Map.entry("network.nat_gateways", "2"),
            Map.entry("cluster.version", "'1.36'"),
            Map.entry("cluster.allowed_cidrs", "null"),
            Map.entry("cluster.nodes", "{type: t3.large, min: 4, max: 5, disk_gib: 60}"),
            Map.entry(
                    "cluster.standing_access",
                    "[{principal: 'arn:aws:iam::<account>:role/other', policy: AmazonEKSClusterAdminPolicy}]"),
            Map.entry("database.min_acu", "2"),
            Map.entry("database.max_acu", "16"),
            Map.entry("database.backup_retention_days", "3"),
            Map.entry("delivery.repository", "other/platform"),
            Map.entry("delivery.owner_id", "1"),
            Map.entry("delivery.repository_id", "2"),
            Map.entry("delivery.branch", "release"),
            Map.entry("delivery.git_secret", "other/git"),
            Map.entry("argocd.host", "other.example.com"),
            Map.entry(
                    "argocd.certificate",
                    "arn:aws:acm:eu-central-1:<account>:certificate/00000000-4f50-4617-8293-a4b5c6d7e8f9"),
            Map.entry("argocd.allowed_cidrs", "null"),
            Map.entry("argocd.slack_channel", "other"),
            Map.entry("operations.slack_secret", "other/slack"),
            Map.entry("operations.alarm_emails", "[other@example.com]"),
            Map.entry("operations.log_retention_days", "90"),
            Map.entry("alarms.channel", "C0OTHER"),
            Map.entry("alarms.routes", "null"),
            Map.entry("rotation.strategy", "alternating_users"),
            Map.entry("rotation.users", "[reverser, reverser_2]"),
            Map.entry(
                    "rotation.windows",
                    "[{name: other, zone: Europe/Berlin, days: [MON], start: '02:00', length: 3h, cutoff: 1h}]"),
            Map.entry("access.admins", "[U0ADA]")));

    /** Another value of each setting that must not change. */
    private static final Map<String, String> FIXED = Map.of(
            "network.cidr", "10.64.0.0/16",
            "network.zones", "[eu-central-1a, eu-central-1b, eu-central-1d]",
            "cluster.name", "other",
            "database.name", "other");

    private static final YAMLMapper YAML = new YAMLMapper();

    private static final Map<String, UpdateBehavior> BEHAVIORS = UpdateBehavior.read();

    @TempDir
    Path config;

    /** All at once, and back, because a synthesis takes seconds. */
    @ParameterizedTest
    @ValueSource(strings = {"dev", "prod"})
    void changesSettings(String environment) throws IOException {
        var changes = new TreeMap<>(CHANGEABLE);
        boolean prod = environment.equals("prod");
        changes.put("deletion_protection", String.valueOf(!prod));
        changes.put("database.reader", String.valueOf(!prod));
        SynthesizedApp base = SynthesizedApp.of(environment);
        SynthesizedApp changed = with(environment, changes);
        assertThat(problems(base, changed)).isEmpty();
        // What the deletion protection retains is left behind if a setting removes it.
        changes.put("deletion_protection", String.valueOf(prod));
        SynthesizedApp sameProtection = with(environment, changes);
        assertThat(problems(base, sameProtection)).isEmpty();
        assertThat(problems(changed, base)).isEmpty();
        assertThat(problems(sameProtection, base)).isEmpty();
    }

    /** The documented steps before prod is deleted. */
    @Test
    void removesProtectionAndReaderOfProd() throws IOException {
        SynthesizedApp prod = SynthesizedApp.of("prod");
        SynthesizedApp unprotected = with("prod", Map.of("deletion_protection", "false"));
        assertThat(problems(prod, unprotected)).isEmpty();
        assertThat(problems(unprotected, prod)).isEmpty();
        assertThat(unprotected.resources())
                .noneMatch(resource ->
                        resource.body().path("DeletionPolicy").asText().startsWith("Retain"));
    }

    /** A setting whose change would lose data, or would be refused halfway, is marked in the schema. */
    @ParameterizedTest
    @MethodSource("fixedSettings")
    void marksSettingsThatCannotChange(String setting, String value) throws IOException {
        SynthesizedApp changed = with("dev", Map.of(setting, value));
        assertThat(problems(SynthesizedApp.of("dev"), changed)).isNotEmpty();
        assertThat(schema("/properties/" + setting.replace(".", "/properties/"))
                        .path("x-fixed")
                        .asText())
                .as(setting)
                .isNotEmpty();
    }

    static Stream<Arguments> fixedSettings() {
        return FIXED.entrySet().stream().map(setting -> Arguments.of(setting.getKey(), setting.getValue()));
    }

    /** The lists above name every setting. Another account or region is another environment. */
    @Test
    void knowsEverySetting() throws IOException {
        var tested = new TreeSet<>(CHANGEABLE.keySet());
        tested.addAll(FIXED.keySet());
        tested.addAll(List.of("account", "region", "deletion_protection", "database.reader"));
        // Fixed, but the templates do not show why: an account has only one OIDC provider for GitHub.
        tested.add("delivery.existing_oidc_provider");
        schema("/properties").propertyStream().forEach(section -> {
            JsonNode properties = section.getValue().path("properties");
            if (List.of("alarms", "rotation", "access").contains(section.getKey())) {
                // These sections reach only the functions, in a layer.
                assertThat(tested).anyMatch(setting -> setting.startsWith(section.getKey() + "."));
            } else if (properties.isEmpty()) {
                assertThat(tested).contains(section.getKey());
            } else {
                properties
                        .propertyStream()
                        .forEach(setting -> assertThat(tested).contains(section.getKey() + "." + setting.getKey()));
            }
        });
        assertThat(schema("").findParents("x-fixed")).hasSize(FIXED.size() + 1);
    }

    private static List<String> problems(SynthesizedApp before, SynthesizedApp after) {
        return new Transition(before, after, BEHAVIORS).problems();
    }

    /** Synthesises an environment with changed settings. */
    private SynthesizedApp with(String environment, Map<String, String> changes) throws IOException {
        JsonNode settings =
                YAML.readTree(Path.of("config", environment + ".yaml").toFile());
        for (Map.Entry<String, String> change : changes.entrySet()) {
            String path = "/" + change.getKey().replace('.', '/');
            var section = (ObjectNode) settings.at(path.substring(0, path.lastIndexOf('/')));
            String key = path.substring(path.lastIndexOf('/') + 1);
            JsonNode value = YAML.readTree(change.getValue()
                    .replace("<account>", settings.path("account").asText()));
            if (value.isNull()) {
                section.remove(key);
            } else {
                section.set(key, value);
            }
        }
        TestSettings.write(config, environment, settings.toString());
        return SynthesizedApp.of(environment, config);
    }

    private static JsonNode schema(String pointer) throws IOException {
        return new ObjectMapper()
                .readTree(Path.of("config/settings.schema.json").toFile())
                .at(pointer);
    }
}
