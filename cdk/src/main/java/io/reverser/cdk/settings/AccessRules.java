package io.reverser.cdk.settings;

import io.reverser.configreader.Durations;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rules between values of the section {@code access}. */
final class AccessRules {

    private static final Duration MAX_DURATION = Duration.ofDays(7);
    /**
     * IAM allows 6,144 characters in a managed policy. CDK divides the granter's permissions into several policies, but
     * not a statement. One statement names all principals and clusters, another one all namespaces and clusters.
     */
    private static final int MAX_ARN_LENGTHS = 5_500;

    private final ConfigSection access;
    private final Map<String, ConfigSection> clusters;
    private final Map<String, ConfigSection> people;
    private final Map<String, ConfigSection> groups;
    private final Map<String, ConfigSection> levels;

    AccessRules(ConfigSection access) {
        this.access = access;
        this.clusters = access.section("clusters").subsections();
        this.people = access.section("people").subsections();
        this.groups = access.section("groups").subsections();
        this.levels = access.section("levels").subsections();
    }

    void check() {
        checkSharedPrincipals();
        checkPolicySize();
        groups.values().forEach(group -> checkReferences(group.items(), people.keySet(), "a person of access.people"));
        checkPeople(access, "admins");
        var names = new HashSet<String>();
        for (ConfigSection rule : access.entries("rules")) {
            checkRule(rule);
            if (!names.add(rule.text("name"))) {
                rule.reject("name", "a name that no other rule has");
            }
        }
    }

    /**
     * Rejects people who share a principal unintentionally. Access is granted to a principal, so these people share the
     * access. The settings have to confirm this with {@code shared: true} for each of them.
     */
    private void checkSharedPrincipals() {
        people.values().stream().collect(Collectors.groupingBy(person -> person.text("principal"))).values().stream()
                .filter(sharing -> sharing.size() > 1)
                .forEach(sharing -> sharing.stream()
                        .filter(person -> !person.node().path("shared").asBoolean())
                        .forEach(person -> person.reject(
                                "principal",
                                "a principal of this person alone, because access granted to one of "
                                        + sharing.stream()
                                                .map(ConfigSection::key)
                                                .collect(Collectors.joining(", "))
                                        + " is granted to all; to allow that, set shared: true for each")));
    }

    private void checkPolicySize() {
        String quotesAndComma = "'',";
        int principals = people.values().stream()
                .map(person -> quotesAndComma + person.text("principal"))
                .distinct()
                .mapToInt(String::length)
                .sum();
        int clusterArns = clusters.values().stream()
                .flatMap(cluster -> Stream.of("cluster/%s", "access-entry/%s/*")
                        .map(resource -> "%sarn:aws:eks:%s:123456789012:%s"
                                .formatted(quotesAndComma, cluster.text("region"), resource.formatted(cluster.key()))))
                .mapToInt(String::length)
                .sum();
        int namespaces = clusters.values().stream()
                .flatMap(cluster -> cluster.entries("namespaces").stream())
                .map(namespace -> quotesAndComma + namespace.node().asText())
                .distinct()
                .mapToInt(String::length)
                .sum();
        if (namespaces + clusterArns > MAX_ARN_LENGTHS) {
            access.report(
                    "clusters",
                    "the names of all namespaces and the ARNs of all clusters have %d characters, expected at most %d, because IAM limits the length of a policy: use patterns like dev-*"
                            .formatted(namespaces + clusterArns, MAX_ARN_LENGTHS));
        }
        if (principals + clusterArns > MAX_ARN_LENGTHS) {
            access.report(
                    "people",
                    "the ARNs of all principals and clusters have %d characters, expected at most %d, because IAM limits the length of a policy: let people share a principal, or shorten its path"
                            .formatted(principals + clusterArns, MAX_ARN_LENGTHS));
        }
    }

    private void checkRule(ConfigSection rule) {
        Stream.of("who", "approvers", "unnotified_approvers").forEach(key -> checkPeople(rule, key));
        checkReferences(rule.entries("clusters"), clusters.keySet(), "one of " + String.join(", ", clusters.keySet()));
        checkReferences(rule.entries("levels"), levels.keySet(), "one of " + String.join(", ", levels.keySet()));
        Duration max = rule.duration("max_duration");
        if (max.compareTo(MAX_DURATION) > 0) {
            rule.reject("max_duration", "at most " + Durations.format(MAX_DURATION));
        }
        if (!max.isZero() && rule.duration("default_duration").compareTo(max) > 0) {
            rule.reject("default_duration", "at most max_duration, " + Durations.format(max));
        }
        long approvers = Stream.of("approvers", "unnotified_approvers")
                .flatMap(key -> rule.entries(key).stream())
                .flatMap(this::resolve)
                .distinct()
                .count();
        if (!rule.node().path("break_glass").asBoolean()
                && rule.node().path("quorum").asInt() > approvers) {
            rule.reject("quorum", "at most the number of approvers, " + approvers);
        }
        checkNamespaces(rule);
    }

    private void checkNamespaces(ConfigSection rule) {
        references(rule, "levels", levels)
                .filter(level -> level.text("scope").equals("namespace"))
                .forEach(level -> references(rule, "clusters", clusters)
                        .filter(cluster -> cluster.node().path("namespaces").isEmpty())
                        .forEach(cluster -> rule.reject(
                                "clusters",
                                "clusters with namespaces for the level " + level.key() + "; " + cluster.key()
                                        + " has none")));
    }

    private static Stream<ConfigSection> references(ConfigSection rule, String key, Map<String, ConfigSection> known) {
        return rule.entries(key).stream()
                .map(entry -> known.get(entry.node().asText()))
                .filter(Objects::nonNull);
    }

    /** The people in a group; if the member is a person, only this person. */
    private Stream<String> resolve(ConfigSection member) {
        ConfigSection group = groups.get(member.node().asText());
        return group == null
                ? Stream.of(member.node().asText())
                : group.items().stream().map(person -> person.node().asText());
    }

    private void checkPeople(ConfigSection section, String key) {
        var known = new TreeSet<>(groups.keySet());
        String expected = "a person of access.people or a group of access.groups: " + String.join(", ", known);
        known.addAll(people.keySet());
        checkReferences(section.entries(key), known, expected);
    }

    private static void checkReferences(Collection<ConfigSection> entries, Set<String> known, String expected) {
        entries.stream()
                .filter(entry -> !known.contains(entry.node().asText()))
                .forEach(entry -> entry.reject("", expected));
    }
}
