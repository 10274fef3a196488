package io.reverser.simulators.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * EKS clusters and their access entries.
 *
 * @see <a href="https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateAccessEntry.html">CreateAccessEntry</a>
 */
public final class Eks implements Service {

    private static final int MOST_ENTRIES = 3000;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final InstantSource clock;
    private final Map<String, Cluster> clusters = new ConcurrentHashMap<>();
    private final NavigableMap<String, AccessEntry> entries = new ConcurrentSkipListMap<>();
    private final List<Deleted> deleted = new CopyOnWriteArrayList<>();

    /**
     * A cluster.
     *
     * @param endpoint where its Kubernetes API is, as an https URL; empty where there is none
     * @param authority the PEM text of who vouches for it; empty where there is none
     */
    record Cluster(String name, String mode, String endpoint, String authority) {}

    /** An entry as it was last, and when it was deleted. */
    public record Deleted(AccessEntry entry, Instant at) {}

    Eks(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Makes a cluster.
     *
     * @param mode {@code API}, {@code API_AND_CONFIG_MAP} or {@code CONFIG_MAP}
     */
    public void cluster(String name, String mode) {
        clusters.put(name, new Cluster(name, mode, "", ""));
    }

    /**
     * Says where a cluster's Kubernetes API is.
     *
     * @param authority the PEM text of who vouches for it
     */
    public void attach(String name, URI endpoint, String authority) {
        clusters.computeIfPresent(
                name, (key, cluster) -> new Cluster(name, cluster.mode(), endpoint.toString(), authority));
    }

    /** Makes an entry as an operator would by hand. */
    public synchronized AccessEntry entry(String cluster, String principalArn, Map<String, String> tags) {
        var entry = AccessEntry.of(cluster, principalArn, arn(cluster, principalArn), tags, clock.instant());
        entries.put(key(cluster, principalArn), entry);
        return entry;
    }

    /** Puts whoever uses an entry into Kubernetes groups as an operator would by hand. */
    public synchronized void group(String cluster, String principalArn, String... groups) {
        entries.computeIfPresent(
                key(cluster, principalArn), (key, entry) -> entry.as(entry.username(), new TreeSet<>(Set.of(groups))));
    }

    /** Gives an entry an access policy as an operator would by hand. */
    public synchronized void associate(String cluster, String principalArn, String policyArn) {
        entries.computeIfPresent(key(cluster, principalArn), (key, entry) -> entry.with(policyArn, new TreeSet<>()));
    }

    /** Replaces all tags of an entry. */
    public synchronized void tag(String cluster, String principalArn, Map<String, String> tags) {
        entries.computeIfPresent(key(cluster, principalArn), (key, entry) -> entry.tagged(tags));
    }

    /** Deletes an entry as an operator would by hand. */
    public synchronized void delete(String cluster, String principalArn) {
        Optional.ofNullable(entries.remove(key(cluster, principalArn)))
                .ifPresent(entry -> deleted.add(new Deleted(entry, clock.instant())));
    }

    /** All entries that are not any more, in the order in which they were deleted. */
    public List<Deleted> deleted() {
        return List.copyOf(deleted);
    }

    /** All entries of all clusters. */
    public List<AccessEntry> entries() {
        return List.copyOf(entries.values());
    }

    /** The entry of a principal. */
    public Optional<AccessEntry> find(String cluster, String principalArn) {
        return Optional.ofNullable(entries.get(key(cluster, principalArn)));
    }

    @Override
    public String name() {
        return "EKS";
    }

    @Override
    public String operation(String method, List<String> path) {
        return switch (method + " " + path.getFirst() + " " + path.size()) {
            case "GET clusters 2" -> "DescribeCluster";
            case "POST clusters 3" -> "CreateAccessEntry";
            case "GET clusters 3" -> "ListAccessEntries";
            case "GET clusters 4" -> "DescribeAccessEntry";
            case "DELETE clusters 4" -> "DeleteAccessEntry";
            case "POST clusters 4" -> "UpdateAccessEntry";
            case "POST clusters 5" -> "AssociateAccessPolicy";
            case "GET clusters 5" -> "ListAssociatedAccessPolicies";
            case "DELETE clusters 6" -> "DisassociateAccessPolicy";
            case "POST tags 2" -> "TagResource";
            case "DELETE tags 2" -> "UntagResource";
            case "GET tags 2" -> "ListTagsForResource";
            default -> "Unknown";
        };
    }

    @Override
    public synchronized JsonNode answer(Call call) {
        return switch (call.operation()) {
            case "DescribeCluster" -> EksAnswers.cluster(described(call.path().get(1)));
            case "CreateAccessEntry" -> create(call);
            case "ListAccessEntries" -> list(call);
            case "DescribeAccessEntry" -> EksAnswers.entry(entryOf(call));
            case "UpdateAccessEntry" -> update(call);
            case "DeleteAccessEntry" -> delete(entryOf(call));
            case "AssociateAccessPolicy" -> associate(call);
            case "ListAssociatedAccessPolicies" -> EksAnswers.policies(entryOf(call));
            case "DisassociateAccessPolicy" -> disassociate(call);
            case "TagResource" -> tag(call);
            case "UntagResource" -> untag(call);
            case "ListTagsForResource" ->
                JSON.objectNode().set("tags", EksAnswers.tags(byArn(call.path().get(1))));
            default -> throw new AwsError(404, "UnknownOperationException", "No such operation");
        };
    }

    private JsonNode create(Call call) {
        String cluster = withEntries(call);
        String principal = call.required("principalArn");
        AccessEntryRules.principal(principal);
        AccessEntryRules.type(call.body().path("type").asText("STANDARD"));
        Map<String, String> tags = AccessEntryRules.tags(call.body().path("tags"));
        if (entries.containsKey(key(cluster, principal))) {
            throw new AwsError(
                    409,
                    "ResourceInUseException",
                    "The specified access entry resource is already in use on this cluster.");
        }
        if (entries.subMap(cluster + "\n", cluster + "\n\uffff").size() >= MOST_ENTRIES) {
            throw new AwsError(400, "ResourceLimitExceededException", "The limit of access entries is reached");
        }
        SortedSet<String> groups = AccessEntryRules.groups(call.body());
        AccessEntry made = entry(cluster, principal, tags);
        AccessEntry entry = made.as(call.body().path("username").asText(made.username()), groups);
        entries.put(key(cluster, principal), entry);
        return EksAnswers.entry(entry);
    }

    private JsonNode list(Call call) {
        String cluster = withEntries(call);
        String policy = call.asked("associatedPolicyArn", "");
        String after = call.asked("nextToken", "");
        int most = AccessEntryRules.page(call.asked("maxResults", "100"));
        List<String> principals = entries.values().stream()
                .filter(entry -> entry.cluster().equals(cluster))
                .filter(entry -> policy.isEmpty() || entry.policies().containsKey(policy))
                .map(AccessEntry::principalArn)
                .filter(principal -> principal.compareTo(after) > 0)
                .toList();
        ObjectNode page = JSON.objectNode();
        ArrayNode list = page.putArray("accessEntries");
        principals.stream().limit(most).forEach(list::add);
        if (principals.size() > most) {
            page.put("nextToken", principals.get(most - 1));
        }
        return page;
    }

    private JsonNode update(Call call) {
        AccessEntry entry = entryOf(call);
        AccessEntry updated =
                entry.as(call.body().path("username").asText(entry.username()), AccessEntryRules.groups(call.body()));
        entries.put(key(entry.cluster(), entry.principalArn()), updated);
        return EksAnswers.entry(updated);
    }

    private JsonNode delete(AccessEntry entry) {
        delete(entry.cluster(), entry.principalArn());
        return JSON.objectNode();
    }

    /** Another scope for a policy that is there already silently replaces the old one, as in the original. */
    private JsonNode associate(Call call) {
        AccessEntry entry = entryOf(call);
        String policy = call.required("policyArn");
        AccessEntryRules.policy(policy);
        SortedSet<String> namespaces = AccessEntryRules.namespaces(call.body().path("accessScope"));
        entries.put(key(entry.cluster(), entry.principalArn()), entry.with(policy, namespaces));
        ObjectNode answer =
                JSON.objectNode().put("clusterName", entry.cluster()).put("principalArn", entry.principalArn());
        return answer.set("associatedAccessPolicy", EksAnswers.policy(policy, namespaces));
    }

    private JsonNode disassociate(Call call) {
        AccessEntry entry = entryOf(call);
        if (!entry.policies().containsKey(call.path().get(5))) {
            throw notFound("The access policy is not associated");
        }
        entries.put(
                key(entry.cluster(), entry.principalArn()),
                entry.without(call.path().get(5)));
        return JSON.objectNode();
    }

    private JsonNode tag(Call call) {
        AccessEntry entry = byArn(call.path().get(1));
        var tags = new TreeMap<>(entry.tags());
        tags.putAll(AccessEntryRules.tags(call.body().path("tags")));
        entries.put(key(entry.cluster(), entry.principalArn()), entry.tagged(tags));
        return JSON.objectNode();
    }

    private JsonNode untag(Call call) {
        AccessEntry entry = byArn(call.path().get(1));
        var tags = new TreeMap<>(entry.tags());
        call.query().getOrDefault("tagKeys", List.of()).forEach(tags::remove);
        entries.put(key(entry.cluster(), entry.principalArn()), entry.tagged(tags));
        return JSON.objectNode();
    }

    private String withEntries(Call call) {
        String cluster = call.path().get(1);
        if (described(cluster).mode().equals("CONFIG_MAP")) {
            throw new AwsError(
                    400,
                    "InvalidRequestException",
                    "The cluster's authentication mode must be set to one of [API, API_AND_CONFIG_MAP] to perform this"
                            + " operation.");
        }
        return cluster;
    }

    private Cluster described(String cluster) {
        return Optional.ofNullable(clusters.get(cluster))
                .orElseThrow(() -> notFound("No cluster found for name: " + cluster + "."));
    }

    private AccessEntry entryOf(Call call) {
        return find(withEntries(call), call.path().get(3))
                .orElseThrow(() -> notFound(
                        "The specified principalArn could not be found. You can view your available access entries with"
                                + " 'list-access-entries'."));
    }

    private AccessEntry byArn(String arn) {
        return entries.values().stream()
                .filter(entry -> entry.arn().equals(arn))
                .findFirst()
                .orElseThrow(() -> new AwsError(404, "NotFoundException", "No resource with this ARN"));
    }

    private static AwsError notFound(String message) {
        return new AwsError(404, "ResourceNotFoundException", message);
    }

    private static String arn(String cluster, String principalArn) {
        String[] parts = principalArn.split("[:/]", -1);
        return "arn:aws:eks:eu-central-1:111122223333:access-entry/%s/%s/%s/%s/%s"
                .formatted(cluster, parts[5], parts[4], parts[parts.length - 1], UUID.randomUUID());
    }

    private static String key(String cluster, String principalArn) {
        return cluster + "\n" + principalArn;
    }
}
