package io.reverser.access.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.reverser.configreader.ConfigSection;
import io.reverser.configreader.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the policy, or says everything that is wrong with it. There is never half a policy. */
public final class PolicyReader {

    private static final Pattern SLACK_ID = Pattern.compile("[A-Z][A-Z0-9]{2,20}");
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final Pattern CLUSTER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,99}");
    private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+)+-\\d");
    private static final Pattern DISPLAY_NAME = Pattern.compile("\\S(.{0,78}\\S)?");
    private static final Pattern EKS_POLICY = Pattern.compile("AmazonEKS\\w+Policy");
    private static final Duration MAX_DURATION = Duration.ofDays(7);
    private static final Duration DEFAULT_EXPIRES_AFTER = Duration.ofHours(4);
    private static final Duration DEFAULT_REMIND_AFTER = Duration.ofHours(1);
    private static final String EXPECTED_NAME = "a name of small letters, digits and hyphens";

    private final ConfigSection root;
    private final Map<String, PolicyCluster> clusters = new LinkedHashMap<>();
    private final Map<String, Person> people = new LinkedHashMap<>();
    private final Map<String, Set<String>> groups = new LinkedHashMap<>();
    private final Map<String, AccessLevel> levels = new LinkedHashMap<>();
    private final List<Rule> rules = new ArrayList<>();

    private PolicyReader(ConfigSection root) {
        this.root = root;
    }

    /**
     * Reads the access section of a file.
     *
     * @param section as parsed from YAML or JSON
     * @param fileName for the messages
     * @throws InvalidPolicyException with everything that is wrong
     */
    public static Policy read(JsonNode section, String fileName) {
        var problems = new ArrayList<String>();
        var reader = new PolicyReader(new ConfigSection("access", section, problems));
        Policy policy = reader.parse();
        if (!problems.isEmpty()) {
            throw new InvalidPolicyException(
                    problems.stream().map(problem -> fileName + ": " + problem).toList());
        }
        return policy;
    }

    private Policy parse() {
        root.allowOnly("slack", "clusters", "people", "groups", "levels", "admins", "rules");
        root.section("clusters").subsections().forEach(this::parseCluster);
        root.section("people").subsections().forEach(this::parsePerson);
        root.section("groups").subsections().forEach(this::parseGroup);
        root.section("levels").subsections().forEach(this::parseLevel);
        Set.of("clusters", "people", "levels").stream()
                .filter(key -> root.section(key).subsections().isEmpty())
                .sorted()
                .forEach(key -> root.reject(key, "at least one entry"));
        validateSharedPrincipals();
        root.entries("rules").forEach(this::parseRule);
        return new Policy(parseSlack(), clusters, people, levels, rules, resolvePeople(root, "admins"));
    }

    private SlackWorkspaceIds parseSlack() {
        ConfigSection slack = root.section("slack").allowOnly("team", "app", "approvals");
        return new SlackWorkspaceIds(
                slack.text("team", SLACK_ID, "a workspace ID like T012AB3C4"),
                slack.text("app", SLACK_ID, "an app ID like A012AB3C4"),
                slack.text("approvals", SLACK_ID, "a channel ID like C012AB3C4"));
    }

    private void parseCluster(String name, ConfigSection section) {
        section.allowOnly("region", "namespaces");
        if (!CLUSTER.matcher(name).matches()) {
            section.reject("", "the name of an EKS cluster");
        }
        List<String> namespaces = section.has("namespaces")
                ? section.list(
                        "namespaces",
                        text -> Optional.of(text).filter(Namespaces::isName),
                        "the name of a namespace, or the beginning of one and a star like dev-*; a star alone is refused")
                : List.of();
        clusters.put(
                name,
                new PolicyCluster(name, section.text("region", REGION, "a region like eu-central-1"), namespaces));
    }

    private void parsePerson(String id, ConfigSection section) {
        section.allowOnly("name", "principal", "shared");
        if (!SLACK_ID.matcher(id).matches()) {
            section.reject("", "a Slack user ID like U012AB3C4 as the key");
        }
        PrincipalArnValidator.validate(section.node().path("principal").asText(""))
                .ifPresent(expected -> section.reject("principal", expected));
        section.flag("shared");
        people.put(
                id,
                new Person(
                        id,
                        section.text("name", DISPLAY_NAME, "a name"),
                        section.node().path("principal").asText("")));
    }

    /**
     * Access is granted to a principal, so people who share one share the access; each of them has to be marked
     * {@code shared}.
     */
    private void validateSharedPrincipals() {
        Map<String, List<String>> owners = people.values().stream()
                .collect(Collectors.groupingBy(
                        Person::principalArn, Collectors.mapping(Person::id, Collectors.toList())));
        owners.forEach((principal, ids) -> ids.stream()
                .filter(id ->
                        ids.size() > 1 && !root.section("people").section(id).flag("shared"))
                .forEach(id -> root.section("people")
                        .section(id)
                        .reject(
                                "principal",
                                "a principal of this person alone, because access given to one of "
                                        + String.join(", ", ids)
                                        + " is given to all; if that is meant, set shared: true for each")));
    }

    private void parseGroup(String name, ConfigSection section) {
        if (!NAME.matcher(name).matches()) {
            section.reject("", EXPECTED_NAME);
        }
        groups.put(
                name,
                Set.copyOf(root.section("groups")
                        .list(name, id -> Optional.of(id).filter(people::containsKey), "a person of access.people")));
    }

    private void parseLevel(String name, ConfigSection section) {
        section.allowOnly("policy", "scope", "cluster_admin");
        if (!NAME.matcher(name).matches()) {
            section.reject("", EXPECTED_NAME);
        }
        String known = java.util.Arrays.stream(EksAccessPolicy.values())
                .map(EksAccessPolicy::awsName)
                .collect(Collectors.joining(", "));
        String policy = section.text("policy", EKS_POLICY, "one of " + known);
        boolean namespaced = section.text("scope", Pattern.compile("cluster|namespace"), "cluster or namespace")
                .equals("namespace");
        EksAccessPolicy.fromAwsName(policy)
                .ifPresentOrElse(
                        found -> levels.put(name, createLevel(name, found, namespaced, section)),
                        () -> section.reject("policy", "one of " + known));
    }

    private static AccessLevel createLevel(
            String name, EksAccessPolicy policy, boolean namespaced, ConfigSection section) {
        if (policy == EksAccessPolicy.CLUSTER_ADMIN && !section.flag("cluster_admin")) {
            section.reject("cluster_admin", "true, which says that a level with AmazonEKSClusterAdminPolicy is meant");
        }
        return new AccessLevel(name, policy, namespaced);
    }

    private void parseRule(ConfigSection entry) {
        ConfigSection section = entry.renamed(Map.of(
                        "usual",
                        "default_duration",
                        "longest",
                        "max_duration",
                        "silent_approvers",
                        "unnotified_approvers"))
                .allowOnly(
                        "name",
                        "who",
                        "clusters",
                        "levels",
                        "default_duration",
                        "max_duration",
                        "approvers",
                        "unnotified_approvers",
                        "quorum",
                        "automatic",
                        "break_glass",
                        "expires_after",
                        "remind_after");
        boolean breakGlass = section.flag("break_glass");
        Duration maxDuration = section.duration("max_duration");
        Duration defaultDuration = section.duration("default_duration", maxDuration);
        Duration expiresAfter = section.duration("expires_after", DEFAULT_EXPIRES_AFTER);
        var rule = new Rule(
                section.text("name", NAME, EXPECTED_NAME),
                resolvePeople(section, "who"),
                parseReferences(section, "clusters", clusters.keySet()),
                parseReferences(section, "levels", levels.keySet()),
                defaultDuration,
                maxDuration,
                resolvePeople(section, "approvers"),
                section.has("unnotified_approvers") ? resolvePeople(section, "unnotified_approvers") : Set.of(),
                section.number("quorum", 1),
                parseAutoApprovalLimit(section),
                breakGlass,
                expiresAfter,
                section.duration("remind_after", DEFAULT_REMIND_AFTER));
        validateRule(rule, section);
        rules.add(rule);
    }

    private void validateRule(Rule rule, ConfigSection section) {
        if (rule.maxDuration().compareTo(MAX_DURATION) > 0) {
            section.reject("max_duration", "at most " + Durations.format(MAX_DURATION));
        }
        if (rule.defaultDuration().compareTo(rule.maxDuration()) > 0) {
            section.reject("default_duration", "at most max_duration, " + Durations.format(rule.maxDuration()));
        }
        long approvers = rule.notifiedApprovers().size()
                + rule.unnotifiedApprovers().stream()
                        .filter(id -> !rule.notifiedApprovers().contains(id))
                        .count();
        if (!rule.breakGlass() && rule.quorum() > approvers) {
            section.reject("quorum", "at most the number of approvers, " + approvers);
        }
        if (rules.stream().anyMatch(other -> other.name().equals(rule.name()))) {
            section.reject("name", "a name that no other rule has");
        }
        levels.values().stream()
                .filter(level -> level.namespaced() && rule.levels().contains(level.name()))
                .forEach(level -> clusters.values().stream()
                        .filter(cluster -> rule.clusters().contains(cluster.name()))
                        .filter(cluster -> cluster.namespaces().isEmpty())
                        .forEach(cluster -> section.reject(
                                "clusters",
                                "clusters with namespaces for the level " + level.name() + "; " + cluster.name()
                                        + " has none")));
    }

    private static Optional<Rule.AutoApprovalLimit> parseAutoApprovalLimit(ConfigSection section) {
        if (!section.has("automatic")) {
            return Optional.empty();
        }
        ConfigSection automatic = section.section("automatic").allowOnly("times", "per");
        return Optional.of(new Rule.AutoApprovalLimit(automatic.number("times", 1), automatic.duration("per")));
    }

    /** People and groups, as the people that they are. */
    private Set<String> resolvePeople(ConfigSection section, String key) {
        var expected = new TreeSet<>(groups.keySet());
        return section
                .list(
                        key,
                        text -> people.containsKey(text)
                                ? Optional.of(Set.of(text))
                                : Optional.ofNullable(groups.get(text)),
                        "a person of access.people or a group of access.groups: " + String.join(", ", expected))
                .stream()
                .flatMap(Set::stream)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> parseReferences(ConfigSection section, String key, Set<String> known) {
        return new TreeSet<>(section.list(
                key, text -> Optional.of(text).filter(known::contains), "one of " + String.join(", ", known)));
    }
}
