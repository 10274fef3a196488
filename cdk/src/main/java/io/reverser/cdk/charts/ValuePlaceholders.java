package io.reverser.cdk.charts;

import com.fasterxml.jackson.databind.JsonNode;
import io.reverser.cdk.names.PhysicalNames;
import io.reverser.cdk.settings.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The values for the placeholders {@code ${name}} in values files: the few values that depend on the environment.
 *
 * @param byName the values by placeholder name, like {@code cluster_name}
 */
public record ValuePlaceholders(Map<String, String> byName) {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(\\w+)}");
    private static final Pattern WHOLE_NUMBER = Pattern.compile("\\d+");

    /** Copies the map, so that the record is immutable. */
    public ValuePlaceholders {
        byName = Map.copyOf(byName);
    }

    /**
     * The values for an environment; only the VPC ID is not in its settings, because it is unknown before deployment.
     */
    public static ValuePlaceholders of(Settings settings, String vpcId, String autoscalerTag) {
        var names = new PhysicalNames(settings);
        return new ValuePlaceholders(Map.ofEntries(
                Map.entry("environment", settings.name()),
                Map.entry("region", settings.region()),
                Map.entry("cluster_name", settings.cluster().name()),
                Map.entry("vpc_id", vpcId),
                Map.entry("autoscaler_tag", autoscalerTag),
                Map.entry("log_group", names.podLogGroup()),
                Map.entry("access_logs", names.accessLogBucket()),
                Map.entry("registry", names.imageRegistry()),
                Map.entry("argocd_secrets_role", names.argocdSecretsRoleArn()),
                Map.entry("argocd_host", settings.argocd().host()),
                Map.entry("argocd_scheme", settings.argocd().allowedCidrs().isEmpty() ? "internal" : "internet-facing"),
                Map.entry(
                        "argocd_allowed_cidrs",
                        settings.argocd().allowedCidrs().isEmpty()
                                ? settings.network().cidr()
                                : String.join(",", settings.argocd().allowedCidrs())),
                Map.entry("certificate", settings.argocd().certificate()),
                Map.entry("slack_secret", settings.operations().slackSecret()),
                Map.entry("slack_channel", settings.argocd().slackChannel()),
                Map.entry("git_secret", settings.delivery().gitSecret()),
                Map.entry("git_branch", settings.delivery().branch()),
                Map.entry("git_url", settings.delivery().url())));
    }

    /** Fills the placeholders in a tree of values.
     *
     * @param file the name of the values file, for error messages
     * @throws IllegalStateException for an unknown placeholder
     */
    Map<String, Object> fill(String file, JsonNode values) {
        var filled = new LinkedHashMap<String, Object>();
        values.properties().forEach(entry -> filled.put(entry.getKey(), value(file, entry.getValue())));
        return filled;
    }

    private Object value(String file, JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> fill(file, value);
            case ARRAY -> {
                List<Object> filled = new ArrayList<>();
                value.forEach(item -> filled.add(value(file, item)));
                yield filled;
            }
            case BOOLEAN -> value.booleanValue();
            case NUMBER -> number(file, value);
            case STRING -> text(file, value.textValue());
            case NULL, MISSING, BINARY, POJO ->
                // jsii, which connects Java to the CDK, drops nulls, so the chart would silently use its default
                // instead.
                throw new IllegalStateException(file + ": null is not supported, because CDK drops it; remove the key");
        };
    }

    private static Object number(String file, JsonNode value) {
        if (!WHOLE_NUMBER.matcher(value.asText()).matches()) {
            throw new IllegalStateException(file + ": found " + value + ", expected an integer or a string");
        }
        return value.intValue();
    }

    private String text(String file, String text) {
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(placeholder -> Matcher.quoteReplacement(resolve(file, placeholder.group(1))));
    }

    private String resolve(String file, String name) {
        String value = byName.get(name);
        if (value == null) {
            throw new IllegalStateException("%s: unknown placeholder ${%s}; known placeholders are %s"
                    .formatted(file, name, new TreeMap<>(byName).keySet()));
        }
        return value;
    }
}
