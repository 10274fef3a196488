package io.reverser.cdk.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.reverser.access.policy.AccessLevel;
import io.reverser.cdk.settings.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What each role of an environment must be able to do, and what it must not: the rows of {@code permissions.yaml}, whose
 * first lines describe the format.
 */
record PermissionTable(JsonNode rows) {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]+)}");

    /** Calls of one role that are all allowed, or all denied.
     *
     * @param role like {@code functions/AccessGranterRole}
     * @param context the values of condition keys
     * @param because why the calls must be denied; empty if they must be allowed
     */
    record Expectation(
            String role,
            List<String> actions,
            String resource,
            Map<String, List<String>> context,
            boolean allowed,
            String because) {}

    static PermissionTable read() {
        try (InputStream file = PermissionTable.class.getResourceAsStream("permissions.yaml")) {
            return new PermissionTable(new YAMLMapper().readTree(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The resources that the table names, like {@code functions/AccessRequestsTable}. */
    Set<String> resources() {
        return PLACEHOLDER
                .matcher(rows.toString())
                .results()
                .map(placeholder -> placeholder.group(1))
                .filter(name -> name.contains("/"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The stacks of these resources and of the roles, like {@code functions}. */
    Set<String> stacks() {
        var names = new TreeSet<>(resources());
        rows.path("roles").fieldNames().forEachRemaining(names::add);
        return names.stream()
                .map(name -> name.substring(0, name.indexOf('/')))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The rows about the roles that exist, with ARNs instead of placeholders.
     *
     * @param arns of the deployed resources, like that of {@code functions/AccessRequestsTable}
     */
    List<Expectation> expectations(Settings settings, Map<String, String> arns) {
        var found = new ArrayList<Expectation>();
        rows.path("roles").properties().forEach(role -> {
            String name = role.getKey();
            if (!arns.containsKey(name)) {
                return;
            }
            Map<String, String> values = placeholders(settings, arns);
            values.put("self", arns.get(name));
            items(role.getValue().path("allowed")).forEach(row -> found.addAll(read(name, row, true, values)));
            Stream.concat(
                            items(role.getValue().path("denied")),
                            items(rows.path("everyone"))
                                    .filter(row -> !texts(row.path("except")).contains(name)))
                    .forEach(row -> found.addAll(read(name, row, false, values)));
        });
        return found;
    }

    /** One expectation for each resource; none if the settings have no value for a placeholder of the row. */
    private static List<Expectation> read(String role, JsonNode row, boolean allowed, Map<String, String> values) {
        var context = new TreeMap<String, List<String>>();
        row.path("context")
                .properties()
                .forEach(key -> context.put(
                        fill(key.getKey(), values),
                        texts(key.getValue()).stream()
                                .map(value -> fill(value, values))
                                .toList()));
        List<Expectation> expectations = texts(row.path("resource")).stream()
                .map(resource -> new Expectation(
                        role,
                        texts(row.path("action")),
                        fill(resource, values),
                        context,
                        allowed,
                        row.path("because").asText("")))
                .toList();
        return expectations.toString().contains("${") ? List.of() : expectations;
    }

    private static Map<String, String> placeholders(Settings settings, Map<String, String> arns) {
        String secret =
                "arn:aws:secretsmanager:%s:%s:secret:%%s-AbCdEf".formatted(settings.region(), settings.account());
        var values = new HashMap<>(arns);
        values.put("account", settings.account());
        values.put("region", settings.region());
        values.put("environment", settings.name());
        values.put("cluster", settings.cluster().name());
        values.put("slack_secret", secret.formatted(settings.operations().slackSecret()));
        values.put("git_secret", secret.formatted(settings.delivery().gitSecret()));
        Collection<AccessLevel> levels = settings.access().levels().values();
        settings.access().principalArns().stream().findFirst().ifPresent(person -> values.put("person", person));
        levels.stream()
                .filter(level -> !level.namespaced())
                .findFirst()
                .ifPresent(level -> values.put("cluster_policy", level.policy().arn()));
        levels.stream()
                .filter(AccessLevel::namespaced)
                .filter(level ->
                        levels.stream().noneMatch(other -> !other.namespaced() && other.policy() == level.policy()))
                .findFirst()
                .ifPresent(
                        level -> values.put("namespace_policy", level.policy().arn()));
        settings.access().clusters().values().stream()
                .flatMap(cluster -> cluster.namespaces().stream())
                .findFirst()
                .ifPresent(namespace -> values.put("namespace", namespace));
        return values;
    }

    private static String fill(String text, Map<String, String> values) {
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(placeholder ->
                        Matcher.quoteReplacement(values.getOrDefault(placeholder.group(1), placeholder.group())));
    }

    private static List<String> texts(JsonNode value) {
        return value.isArray()
                ? items(value).map(JsonNode::asText).toList()
                : Stream.of(value.asText("")).filter(text -> !text.isEmpty()).toList();
    }

    private static Stream<JsonNode> items(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
