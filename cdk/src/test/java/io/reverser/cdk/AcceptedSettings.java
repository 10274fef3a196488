package io.reverser.cdk;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Settings that are accepted: those of dev, with the smallest or the largest accepted value at each key, or a random
 * choice of these. A choice contains the values by JSON pointer. The rehearsal compiles this class, too.
 */
public final class AcceptedSettings {

    /** Accepted values by JSON pointer, as YAML, from the smallest to the largest. */
    private static final Map<String, List<String>> EDGES = edges();

    private AcceptedSettings() {}

    public static Map<String, String> smallest() {
        return choose(List::getFirst);
    }

    public static Map<String, String> largest() {
        return choose(List::getLast);
    }

    public static Map<String, String> random(long seed) {
        var random = new Random(seed);
        return choose(values -> values.get(random.nextInt(values.size())));
    }

    /** The settings in a file of dev in which these values, as YAML, are set. */
    public static ObjectNode apply(Map<String, String> choice, Path dev) throws IOException {
        var settings = (ObjectNode) new YAMLMapper().readTree(dev.toFile());
        choice.forEach((pointer, value) -> set(settings, JsonPointer.compile(pointer), value));
        return settings;
    }

    private static Map<String, String> choose(Function<List<String>, String> chooser) {
        var choice = new LinkedHashMap<String, String>();
        EDGES.forEach((pointer, values) -> choice.put(pointer, chooser.apply(values)));
        return choice;
    }

    /** Sets the value at a pointer; the empty text removes the key. */
    private static void set(ObjectNode settings, JsonPointer pointer, String yaml) {
        var parent = (ObjectNode) settings.at(pointer.head());
        String key = pointer.last().getMatchingProperty();
        try {
            if (yaml.isEmpty()) {
                parent.remove(key);
            } else {
                parent.set(key, new YAMLMapper().readTree(yaml));
            }
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }

    private static Map<String, List<String>> edges() {
        var edges = new LinkedHashMap<String, List<String>>();
        edges.put("/environment", List.of("a", "a1-b2", "e".repeat(23)));
        edges.put("/deletion_protection", List.of("", "true"));
        edges.put(
                "/network",
                List.of(
                        "{cidr: 192.168.128.0/17, zones: [eu-central-1a, eu-central-1b, eu-central-1c]}",
                        "{cidr: 172.31.0.0/17, zones: [eu-central-1d, eu-central-1f, eu-central-1e], nat_gateways: 2}",
                        "{cidr: 100.64.0.0/16, zones: [eu-central-1a, eu-central-1b, eu-central-1c], nat_gateways: 3}"));
        edges.put("/cluster/name", List.of("ab", "c".repeat(24) + "-"));
        edges.put("/cluster/version", List.of("\"1.34\"", "\"1.35\"", "\"1.36\""));
        edges.put("/cluster/allowed_cidrs", List.of("", "[64.0.0.0/3]", list(30, "203.0.113.%d/32"::formatted)));
        edges.put(
                "/cluster/nodes",
                List.of(
                        "{type: t3.large}",
                        "{type: m7g.large, min: 2, disk_gib: 20}",
                        "{type: r7i.16xlarge, min: 450, max: 450, disk_gib: 16384}"));
        edges.put(
                "/cluster/standing_access",
                List.of(
                        "[{principal: 'arn:aws:iam::999999999999:user/a', policy: AmazonEKSViewPolicy}]",
                        list(
                                60,
                                number ->
                                        "{principal: '%s', policy: AmazonEKSClusterAdminPolicy, namespaces: [a, 'b-*']}"
                                                .formatted(principal(
                                                        "role/aws-reserved/sso.amazonaws.com/eu-central-1/AWSReservedSSO_%030d"
                                                                .formatted(number))))));
        edges.put(
                "/database",
                List.of(
                        "{name: a, min_acu: 0.5, max_acu: 1}",
                        "{name: a_1, min_acu: 1, max_acu: 1, backup_retention_days: 1}",
                        "{name: %s, min_acu: 128, max_acu: 128, reader: true, backup_retention_days: 35}"
                                .formatted("d".repeat(63))));
        edges.put(
                "/delivery",
                List.of(
                        "{repository: a/b, branch: m, git_secret: a}",
                        "{repository: a/.github, owner_id: 1, repository_id: 2, branch: release/1.x, git_secret: a-b}",
                        "{repository: %s/%s, owner_id: 99999999999, repository_id: 99999999999, branch: %s, git_secret: %s}"
                                .formatted("o".repeat(39), "r".repeat(100), "b".repeat(48), "g".repeat(512))));
        edges.put("/argocd/host", List.of("a.bc", ("h".repeat(31) + ".").repeat(3) + "h".repeat(32)));
        edges.put("/argocd/allowed_cidrs", List.of("", list(30, "203.0.113.%d/32"::formatted)));
        edges.put("/argocd/slack_channel", List.of("a", "a".repeat(80)));
        edges.put(
                "/operations",
                List.of(
                        "{slack_secret: a, alarm_emails: [a@b.c], log_retention_days: 1}",
                        "{slack_secret: argo-cd, alarm_emails: [a+b@c-d.example.com]}",
                        "{slack_secret: %s, alarm_emails: %s, log_retention_days: 731}"
                                .formatted("s".repeat(512), list(30, "on-call-%d@example.com"::formatted))));
        edges.put(
                "/alarms",
                List.of(
                        "{channel: C00}",
                        "{channel: C00, routes: %s}"
                                .formatted(list(200, "{name: 'route %d', names: ['*'], channel: C00}"::formatted))));
        edges.put("/rotation/strategy", List.of("single_user", "dual_password"));
        edges.put("/rotation/max_age", List.of("26d", "999d9999h99999m"));
        edges.put(
                "/access/clusters",
                List.of(
                        "{dev: {region: eu-central-1, namespaces: [a]}}",
                        "{dev: {region: ap-southeast-1, namespaces: ['a-*']}, %s: {region: us-east-1}}"
                                .formatted("c".repeat(100))));
        edges.put("/access/people", List.of(people(0), people(38)));
        return edges;
    }

    /** The three people of dev, and more. */
    private static String people(int more) {
        return Stream.concat(
                        Stream.of("U0ADA", "U0BOB", "U0EVE"),
                        IntStream.range(0, more).mapToObj("U0MORE%d"::formatted))
                .map(id -> "%s: {name: A, principal: '%s'}"
                        .formatted(
                                id,
                                principal("role/aws-reserved/sso.amazonaws.com/eu-central-1/AWSReservedSSO_%s_%s"
                                        .formatted(id, "p".repeat(20)))))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String principal(String resource) {
        return "arn:aws:iam::111122223333:" + resource;
    }

    private static String list(int entries, IntFunction<String> entry) {
        return IntStream.range(0, entries).mapToObj(entry).collect(Collectors.joining(", ", "[", "]"));
    }
}
