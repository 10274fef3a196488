package io.reverser.access.policy;

import static io.reverser.configreader.ConfigJson.duration;
import static io.reverser.configreader.ConfigJson.text;
import static io.reverser.configreader.ConfigJson.texts;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * Reads the policy: the section {@code access} of an environment's settings. A missing key is an error, so an
 * incomplete policy is never used.
 */
public final class PolicyReader {

    private final JsonNode access;
    private final JsonNode groups;

    private PolicyReader(JsonNode access) {
        this.access = access;
        this.groups = access.path("groups");
    }

    public static Policy read(JsonNode access) {
        return new PolicyReader(access).read();
    }

    private Policy read() {
        JsonNode slack = access.required("slack");
        return new Policy(
                new SlackWorkspaceIds(text(slack, "team"), text(slack, "app"), text(slack, "approvals")),
                byName("clusters", PolicyReader::readCluster),
                byName("people", (id, person) -> new Person(id, text(person, "name"), text(person, "principal"))),
                byName("levels", PolicyReader::readLevel),
                access.required("rules").valueStream().map(this::readRule).toList(),
                resolvePeople(access.required("admins")));
    }

    private <T> Map<String, T> byName(String key, BiFunction<String, JsonNode, T> reader) {
        var values = new LinkedHashMap<String, T>();
        access.required(key)
                .properties()
                .forEach(entry -> values.put(entry.getKey(), reader.apply(entry.getKey(), entry.getValue())));
        return values;
    }

    private static PolicyCluster readCluster(String name, JsonNode cluster) {
        return new PolicyCluster(name, text(cluster, "region"), texts(cluster.path("namespaces")));
    }

    private static AccessLevel readLevel(String name, JsonNode level) {
        return new AccessLevel(
                name,
                EksAccessPolicy.fromAwsName(text(level, "policy")).orElseThrow(),
                text(level, "scope").equals("namespace"));
    }

    private Rule readRule(JsonNode rule) {
        Duration maxDuration = duration(rule, "max_duration");
        return new Rule(
                text(rule, "name"),
                resolvePeople(rule.required("who")),
                Set.copyOf(texts(rule.required("clusters"))),
                Set.copyOf(texts(rule.required("levels"))),
                rule.has("default_duration") ? duration(rule, "default_duration") : maxDuration,
                maxDuration,
                resolvePeople(rule.required("approvers")),
                resolvePeople(rule.path("unnotified_approvers")),
                rule.required("quorum").asInt(),
                Optional.of(rule.path("automatic"))
                        .filter(JsonNode::isObject)
                        .map(automatic -> new Rule.AutoApprovalLimit(
                                automatic.required("times").asInt(), duration(automatic, "per"))),
                rule.path("break_glass").asBoolean(),
                duration(rule, "expires_after"),
                duration(rule, "remind_after"));
    }

    /** Replaces the names of groups by the user IDs of their members. */
    private Set<String> resolvePeople(JsonNode members) {
        return texts(members).stream()
                .map(member -> groups.has(member) ? texts(groups.path(member)) : List.of(member))
                .flatMap(List::stream)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
