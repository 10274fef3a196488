package io.reverser.access.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.reverser.settings.Durations;
import io.reverser.settings.Section;
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
    private static final Pattern ANY_NAME = Pattern.compile("\\S(.{0,78}\\S)?");
    private static final Pattern POLICY = Pattern.compile("AmazonEKS\\w+Policy");
    private static final Duration LONGEST = Duration.ofDays(7);
    private static final Duration EXPIRES = Duration.ofHours(4);
    private static final Duration REMIND = Duration.ofHours(1);
    private static final String NAME_FORM = "a name of small letters, digits and hyphens";

    private final Section file;
    private final Map<String, Cluster> clusters = new LinkedHashMap<>();
    private final Map<String, Person> people = new LinkedHashMap<>();
    private final Map<String, Set<String>> groups = new LinkedHashMap<>();
    private final Map<String, Level> levels = new LinkedHashMap<>();
    private final List<Rule> rules = new ArrayList<>();

    private PolicyReader(Section file) {
        this.file = file;
    }

    /**
     * Reads the access section of a file.
     *
     * @param section as parsed from YAML or JSON
     * @param fileName for the messages
     * @throws InvalidPolicy with everything that is wrong
     */
    public static Policy read(JsonNode section, String fileName) {
        var problems = new ArrayList<String>();
        var reader = new PolicyReader(new Section("access", section, problems));
        Parts parts = reader.parts();
        if (!problems.isEmpty()) {
            throw new InvalidPolicy(
                    problems.stream().map(problem -> fileName + ": " + problem).toList());
        }
        return new Policy(parts);
    }

    /** What a policy is made of. */
    record Parts(
            SlackPlace slack,
            Map<String, Cluster> clusters,
            Map<String, Person> people,
            Map<String, Level> levels,
            List<Rule> rules,
            Set<String> admins) {}

    private Parts parts() {
        file.knows("slack", "clusters", "people", "groups", "levels", "admins", "rules");
        file.section("clusters").parts().forEach(this::cluster);
        file.section("people").parts().forEach(this::person);
        file.section("groups").parts().forEach(this::group);
        file.section("levels").parts().forEach(this::level);
        Set.of("clusters", "people", "levels").stream()
                .filter(key -> file.section(key).parts().isEmpty())
                .sorted()
                .forEach(key -> file.problem(key, "at least one entry"));
        sharedPrincipals();
        file.rows("rules").forEach(this::rule);
        return new Parts(slack(), clusters, people, levels, rules, someone(file, "admins"));
    }

    private SlackPlace slack() {
        Section slack = file.section("slack").knows("team", "app", "approvals");
        return new SlackPlace(
                slack.text("team", SLACK_ID, "a workspace ID like T012AB3C4"),
                slack.text("app", SLACK_ID, "an app ID like A012AB3C4"),
                slack.text("approvals", SLACK_ID, "a channel ID like C012AB3C4"));
    }

    private void cluster(String name, Section section) {
        section.knows("region", "namespaces");
        if (!CLUSTER.matcher(name).matches()) {
            section.problem("", "the name of an EKS cluster");
        }
        List<String> namespaces = section.has("namespaces")
                ? section.each(
                        "namespaces",
                        text -> Optional.of(text).filter(Namespaces::isName),
                        "the name of a namespace, or the beginning of one and a star like dev-*; a star alone is refused")
                : List.of();
        clusters.put(name, new Cluster(name, section.text("region", REGION, "a region like eu-central-1"), namespaces));
    }

    private void person(String id, Section section) {
        section.knows("name", "principal", "shared");
        if (!SLACK_ID.matcher(id).matches()) {
            section.problem("", "a Slack user ID like U012AB3C4 as the key");
        }
        Principal.problem(section.node().path("principal").asText(""))
                .ifPresent(expected -> section.problem("principal", expected));
        section.flag("shared");
        people.put(
                id,
                new Person(
                        id,
                        section.text("name", ANY_NAME, "a name"),
                        section.node().path("principal").asText("")));
    }

    /** Access is given to a principal, so whoever shares it gets it too: that has to be meant. */
    private void sharedPrincipals() {
        Map<String, List<String>> owners = people.values().stream()
                .collect(Collectors.groupingBy(
                        Person::principalArn, Collectors.mapping(Person::id, Collectors.toList())));
        owners.forEach((principal, ids) -> ids.stream()
                .filter(id ->
                        ids.size() > 1 && !file.section("people").section(id).flag("shared"))
                .forEach(id -> file.section("people")
                        .section(id)
                        .problem(
                                "principal",
                                "a principal of this person alone, because access given to one of "
                                        + String.join(", ", ids)
                                        + " is given to all; if that is meant, set shared: true for each")));
    }

    private void group(String name, Section section) {
        if (!NAME.matcher(name).matches()) {
            section.problem("", NAME_FORM);
        }
        groups.put(
                name,
                Set.copyOf(file.section("groups")
                        .each(name, id -> Optional.of(id).filter(people::containsKey), "a person of access.people")));
    }

    private void level(String name, Section section) {
        section.knows("policy", "scope", "cluster_admin");
        if (!NAME.matcher(name).matches()) {
            section.problem("", NAME_FORM);
        }
        String known = java.util.Arrays.stream(AccessPolicy.values())
                .map(AccessPolicy::awsName)
                .collect(Collectors.joining(", "));
        String policy = section.text("policy", POLICY, "one of " + known);
        boolean namespaced = section.text("scope", Pattern.compile("cluster|namespace"), "cluster or namespace")
                .equals("namespace");
        AccessPolicy.named(policy)
                .ifPresentOrElse(
                        found -> levels.put(name, level(name, found, namespaced, section)),
                        () -> section.problem("policy", "one of " + known));
    }

    private static Level level(String name, AccessPolicy policy, boolean namespaced, Section section) {
        if (policy == AccessPolicy.CLUSTER_ADMIN && !section.flag("cluster_admin")) {
            section.problem("cluster_admin", "true, which says that a level with AmazonEKSClusterAdminPolicy is meant");
        }
        return new Level(name, policy, namespaced);
    }

    private void rule(Section section) {
        section.knows(
                "name",
                "who",
                "clusters",
                "levels",
                "usual",
                "longest",
                "approvers",
                "silent_approvers",
                "quorum",
                "automatic",
                "break_glass",
                "expires_after",
                "remind_after");
        boolean breakGlass = section.flag("break_glass");
        Duration longest = section.duration("longest");
        Duration usual = section.duration("usual", longest);
        Duration expires = section.duration("expires_after", EXPIRES);
        var rule = new Rule(
                section.text("name", NAME, NAME_FORM),
                someone(section, "who"),
                known(section, "clusters", clusters.keySet()),
                known(section, "levels", levels.keySet()),
                usual,
                longest,
                someone(section, "approvers"),
                section.has("silent_approvers") ? someone(section, "silent_approvers") : Set.of(),
                section.number("quorum", 1),
                automatic(section),
                breakGlass,
                expires,
                section.duration("remind_after", REMIND));
        check(rule, section);
        rules.add(rule);
    }

    private void check(Rule rule, Section section) {
        if (rule.longest().compareTo(LONGEST) > 0) {
            section.problem("longest", "at most " + Durations.text(LONGEST));
        }
        if (rule.usual().compareTo(rule.longest()) > 0) {
            section.problem("usual", "at most the longest, " + Durations.text(rule.longest()));
        }
        long approvers = rule.asked().size()
                + rule.silent().stream()
                        .filter(id -> !rule.asked().contains(id))
                        .count();
        if (!rule.breakGlass() && rule.quorum() > approvers) {
            section.problem("quorum", "at most the number of approvers, " + approvers);
        }
        if (rules.stream().anyMatch(other -> other.name().equals(rule.name()))) {
            section.problem("name", "a name that no other rule has");
        }
        levels.values().stream()
                .filter(level -> level.namespaced() && rule.levels().contains(level.name()))
                .forEach(level -> clusters.values().stream()
                        .filter(cluster -> rule.clusters().contains(cluster.name()))
                        .filter(cluster -> cluster.namespaces().isEmpty())
                        .forEach(cluster -> section.problem(
                                "clusters",
                                "clusters with namespaces for the level " + level.name() + "; " + cluster.name()
                                        + " has none")));
    }

    private static Optional<Rule.Automatic> automatic(Section section) {
        if (!section.has("automatic")) {
            return Optional.empty();
        }
        Section automatic = section.section("automatic").knows("times", "per");
        return Optional.of(new Rule.Automatic(automatic.number("times", 1), automatic.duration("per")));
    }

    /** People and groups, as the people that they are. */
    private Set<String> someone(Section section, String key) {
        var expected = new TreeSet<>(groups.keySet());
        return section
                .each(
                        key,
                        text -> people.containsKey(text)
                                ? Optional.of(Set.of(text))
                                : Optional.ofNullable(groups.get(text)),
                        "a person of access.people or a group of access.groups: " + String.join(", ", expected))
                .stream()
                .flatMap(Set::stream)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> known(Section section, String key, Set<String> known) {
        return new TreeSet<>(section.each(
                key, text -> Optional.of(text).filter(known::contains), "one of " + String.join(", ", known)));
    }
}
