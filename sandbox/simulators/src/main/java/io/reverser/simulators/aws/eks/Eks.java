package io.reverser.simulators.aws.eks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.simulators.aws.api.AwsError;
import io.reverser.simulators.aws.api.AwsRequest;
import io.reverser.simulators.aws.api.IamRequest;
import io.reverser.simulators.aws.api.SimulatedApi;
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
public final class Eks implements SimulatedApi {

    private static final int MAX_ENTRIES = 3000;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final InstantSource clock;
    private final Map<String, EksCluster> clusters = new ConcurrentHashMap<>();
    private final NavigableMap<String, AccessEntry> entries = new ConcurrentSkipListMap<>();
    private final List<DeletedEntry> deletedEntries = new CopyOnWriteArrayList<>();

    /**
     * An EKS cluster.
     *
     * @param endpoint the https URL of the cluster's Kubernetes API; empty if there is none
     * @param certificateAuthority the PEM text of the CA of the cluster's Kubernetes API; empty if there is none
     */
    record EksCluster(String name, String authenticationMode, String endpoint, String certificateAuthority) {}

    /** The last state of a deleted access entry and the time of its deletion. */
    public record DeletedEntry(AccessEntry entry, Instant deletedAt) {}

    public Eks(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Creates an EKS cluster.
     *
     * @param authenticationMode {@code API}, {@code API_AND_CONFIG_MAP} or {@code CONFIG_MAP}
     */
    public void createCluster(String name, String authenticationMode) {
        clusters.put(name, new EksCluster(name, authenticationMode, "", ""));
    }

    /**
     * Sets the URL of a cluster's Kubernetes API.
     *
     * @param certificateAuthority the PEM text of the CA of the Kubernetes API
     */
    public void setEndpoint(String name, URI endpoint, String certificateAuthority) {
        clusters.computeIfPresent(
                name,
                (key, cluster) ->
                        new EksCluster(name, cluster.authenticationMode(), endpoint.toString(), certificateAuthority));
    }

    /** Creates an access entry out of band, as an operator would. */
    public synchronized AccessEntry createEntry(String cluster, String principalArn, Map<String, String> tags) {
        var entry = AccessEntry.of(cluster, principalArn, arn(cluster, principalArn), tags, clock.instant());
        entries.put(key(cluster, principalArn), entry);
        return entry;
    }

    /** Sets the Kubernetes groups of an access entry out of band, as an operator would. */
    public synchronized void setGroups(String cluster, String principalArn, String... groups) {
        entries.computeIfPresent(
                key(cluster, principalArn),
                (key, entry) -> entry.withIdentity(entry.username(), new TreeSet<>(Set.of(groups))));
    }

    /** Associates an access policy with an access entry out of band, as an operator would. */
    public synchronized void associatePolicy(String cluster, String principalArn, String policyArn) {
        entries.computeIfPresent(
                key(cluster, principalArn), (key, entry) -> entry.withPolicy(policyArn, new TreeSet<>()));
    }

    /** Replaces all tags of an access entry. */
    public synchronized void setTags(String cluster, String principalArn, Map<String, String> tags) {
        entries.computeIfPresent(key(cluster, principalArn), (key, entry) -> entry.withTags(tags));
    }

    /** Deletes an access entry out of band, as an operator would. */
    public synchronized void deleteEntry(String cluster, String principalArn) {
        Optional.ofNullable(entries.remove(key(cluster, principalArn)))
                .ifPresent(entry -> deletedEntries.add(new DeletedEntry(entry, clock.instant())));
    }

    /** All deleted access entries in the order of their deletion. */
    public List<DeletedEntry> deletedEntries() {
        return List.copyOf(deletedEntries);
    }

    /** All access entries of all clusters. */
    public List<AccessEntry> entries() {
        return List.copyOf(entries.values());
    }

    /** Finds the access entry of a principal. */
    public Optional<AccessEntry> findEntry(String cluster, String principalArn) {
        return Optional.ofNullable(entries.get(key(cluster, principalArn)));
    }

    @Override
    public String name() {
        return "EKS";
    }

    @Override
    public String resolveOperation(String method, List<String> path) {
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

    /**
     * To create an access entry with tags needs the permission to tag it as well.
     *
     * @see <a href="https://docs.aws.amazon.com/eks/latest/userguide/eks-using-tags.html">Tagging resources</a>
     */
    @Override
    public synchronized List<IamRequest> iamRequests(AwsRequest request) {
        String action = "eks:" + request.operation();
        JsonNode body = request.body();
        return switch (request.operation()) {
            case "DescribeCluster", "ListAccessEntries" ->
                List.of(IamRequest.of(action, clusterArn(request.path().get(1))));
            case "CreateAccessEntry" -> creationRequests(request);
            case "TagResource", "UntagResource", "ListTagsForResource" ->
                entries.values().stream()
                        .filter(entry -> entry.arn().equals(request.path().get(1)))
                        .map(entry -> entryRequest(action, entry.cluster(), entry.principalArn())
                                .withRequestTags(AccessEntryValidator.parseTags(body.path("tags"))))
                        .toList();
            default ->
                request.path().size() < 4
                        ? List.of()
                        : List.of(entryRequest(
                                        action,
                                        request.path().get(1),
                                        request.path().get(3))
                                .with("eks:policyArn", texts(body.path("policyArn")))
                                .with("eks:accessScope", texts(body.at("/accessScope/type")))
                                .with("eks:namespaces", texts(body.at("/accessScope/namespaces"))));
        };
    }

    private static List<IamRequest> creationRequests(AwsRequest request) {
        String cluster = request.path().get(1);
        JsonNode body = request.body();
        String principal = body.path("principalArn").asText();
        Map<String, String> tags = AccessEntryValidator.parseTags(body.path("tags"));
        IamRequest creation = IamRequest.of("eks:CreateAccessEntry", clusterArn(cluster))
                .withRequestTags(tags)
                .with("eks:principalArn", List.of(principal))
                .with("eks:accessEntryType", List.of(body.path("type").asText("STANDARD")))
                .with("eks:username", texts(body.path("username")))
                .with("eks:kubernetesGroups", texts(body.path("kubernetesGroups")));
        IamRequest tagging = IamRequest.of("eks:TagResource", iamArn(cluster, principal))
                .withRequestTags(tags)
                .with("eks:principalArn", List.of(principal));
        return tags.isEmpty() ? List.of(creation) : List.of(creation, tagging);
    }

    private IamRequest entryRequest(String action, String cluster, String principal) {
        IamRequest request =
                IamRequest.of(action, iamArn(cluster, principal)).with("eks:principalArn", List.of(principal));
        return findEntry(cluster, principal)
                .map(entry -> request.withResourceTags(entry.tags())
                        .with("eks:username", List.of(entry.username()))
                        .with("eks:kubernetesGroups", List.copyOf(entry.groups())))
                .orElse(request);
    }

    private static List<String> texts(JsonNode node) {
        return node.isTextual()
                ? List.of(node.asText())
                : node.valueStream().map(JsonNode::asText).toList();
    }

    @Override
    public synchronized JsonNode handle(AwsRequest request) {
        return switch (request.operation()) {
            case "DescribeCluster" ->
                EksResponses.cluster(requireCluster(request.path().get(1)));
            case "CreateAccessEntry" -> createEntry(request);
            case "ListAccessEntries" -> listEntries(request);
            case "DescribeAccessEntry" -> EksResponses.entry(requireEntry(request));
            case "UpdateAccessEntry" -> updateEntry(request);
            case "DeleteAccessEntry" -> deleteEntry(requireEntry(request));
            case "AssociateAccessPolicy" -> associatePolicy(request);
            case "ListAssociatedAccessPolicies" -> EksResponses.policies(requireEntry(request));
            case "DisassociateAccessPolicy" -> disassociatePolicy(request);
            case "TagResource" -> tagResource(request);
            case "UntagResource" -> untagResource(request);
            case "ListTagsForResource" ->
                JSON.objectNode()
                        .set(
                                "tags",
                                EksResponses.tags(
                                        requireEntryByArn(request.path().get(1))));
            default -> throw new AwsError(404, "UnknownOperationException", "No such operation");
        };
    }

    private JsonNode createEntry(AwsRequest request) {
        String cluster = clusterWithAccessEntries(request);
        String principal = request.requiredField("principalArn");
        AccessEntryValidator.validatePrincipal(principal);
        AccessEntryValidator.validateType(request.body().path("type").asText("STANDARD"));
        Map<String, String> tags = AccessEntryValidator.parseTags(request.body().path("tags"));
        if (entries.containsKey(key(cluster, principal))) {
            throw new AwsError(
                    409,
                    "ResourceInUseException",
                    "The specified access entry resource is already in use on this cluster.");
        }
        if (entries.subMap(cluster + "\n", cluster + "\n\uffff").size() >= MAX_ENTRIES) {
            throw new AwsError(400, "ResourceLimitExceededException", "The limit of access entries is reached");
        }
        SortedSet<String> groups = AccessEntryValidator.parseGroups(request.body());
        AccessEntry created = createEntry(cluster, principal, tags);
        AccessEntry entry = created.withIdentity(request.body().path("username").asText(created.username()), groups);
        entries.put(key(cluster, principal), entry);
        return EksResponses.entry(entry);
    }

    private JsonNode listEntries(AwsRequest request) {
        String cluster = clusterWithAccessEntries(request);
        String policy = request.queryParameter("associatedPolicyArn", "");
        String after = request.queryParameter("nextToken", "");
        int pageSize = AccessEntryValidator.parsePageSize(request.queryParameter("maxResults", "100"));
        List<String> principals = entries.values().stream()
                .filter(entry -> entry.cluster().equals(cluster))
                .filter(entry -> policy.isEmpty() || entry.policies().containsKey(policy))
                .map(AccessEntry::principalArn)
                .filter(principal -> principal.compareTo(after) > 0)
                .toList();
        ObjectNode page = JSON.objectNode();
        ArrayNode list = page.putArray("accessEntries");
        principals.stream().limit(pageSize).forEach(list::add);
        if (principals.size() > pageSize) {
            page.put("nextToken", principals.get(pageSize - 1));
        }
        return page;
    }

    private JsonNode updateEntry(AwsRequest request) {
        AccessEntry entry = requireEntry(request);
        AccessEntry updated = entry.withIdentity(
                request.body().path("username").asText(entry.username()),
                AccessEntryValidator.parseGroups(request.body()));
        entries.put(key(entry.cluster(), entry.principalArn()), updated);
        return EksResponses.entry(updated);
    }

    private JsonNode deleteEntry(AccessEntry entry) {
        deleteEntry(entry.cluster(), entry.principalArn());
        return JSON.objectNode();
    }

    /**
     * Associates an access policy. If the policy is already associated, the new scope replaces the old one without an
     * error, as in EKS.
     */
    private JsonNode associatePolicy(AwsRequest request) {
        AccessEntry entry = requireEntry(request);
        String policy = request.requiredField("policyArn");
        AccessEntryValidator.validatePolicy(policy);
        SortedSet<String> namespaces =
                AccessEntryValidator.parseNamespaces(request.body().path("accessScope"));
        entries.put(key(entry.cluster(), entry.principalArn()), entry.withPolicy(policy, namespaces));
        ObjectNode response =
                JSON.objectNode().put("clusterName", entry.cluster()).put("principalArn", entry.principalArn());
        return response.set("associatedAccessPolicy", EksResponses.policy(policy, namespaces));
    }

    private JsonNode disassociatePolicy(AwsRequest request) {
        AccessEntry entry = requireEntry(request);
        if (!entry.policies().containsKey(request.path().get(5))) {
            throw notFound("The access policy is not associated");
        }
        entries.put(
                key(entry.cluster(), entry.principalArn()),
                entry.withoutPolicy(request.path().get(5)));
        return JSON.objectNode();
    }

    private JsonNode tagResource(AwsRequest request) {
        AccessEntry entry = requireEntryByArn(request.path().get(1));
        var tags = new TreeMap<>(entry.tags());
        tags.putAll(AccessEntryValidator.parseTags(request.body().path("tags")));
        entries.put(key(entry.cluster(), entry.principalArn()), entry.withTags(tags));
        return JSON.objectNode();
    }

    private JsonNode untagResource(AwsRequest request) {
        AccessEntry entry = requireEntryByArn(request.path().get(1));
        var tags = new TreeMap<>(entry.tags());
        request.query().getOrDefault("tagKeys", List.of()).forEach(tags::remove);
        entries.put(key(entry.cluster(), entry.principalArn()), entry.withTags(tags));
        return JSON.objectNode();
    }

    private String clusterWithAccessEntries(AwsRequest request) {
        String cluster = request.path().get(1);
        if (requireCluster(cluster).authenticationMode().equals("CONFIG_MAP")) {
            throw new AwsError(
                    400,
                    "InvalidRequestException",
                    "The cluster's authentication mode must be set to one of [API, API_AND_CONFIG_MAP] to perform this"
                            + " operation.");
        }
        return cluster;
    }

    private EksCluster requireCluster(String cluster) {
        return Optional.ofNullable(clusters.get(cluster))
                .orElseThrow(() -> notFound("No cluster found for name: " + cluster + "."));
    }

    private AccessEntry requireEntry(AwsRequest request) {
        return findEntry(clusterWithAccessEntries(request), request.path().get(3))
                .orElseThrow(() -> notFound(
                        "The specified principalArn could not be found. You can view your available access entries with"
                                + " 'list-access-entries'."));
    }

    private AccessEntry requireEntryByArn(String arn) {
        return entries.values().stream()
                .filter(entry -> entry.arn().equals(arn))
                .findFirst()
                .orElseThrow(() -> new AwsError(404, "NotFoundException", "No resource with this ARN"));
    }

    private static AwsError notFound(String message) {
        return new AwsError(404, "ResourceNotFoundException", message);
    }

    private static String arn(String cluster, String principalArn) {
        return arn(cluster, principalArn, UUID.randomUUID());
    }

    /** The ARN of an access entry with a constant at its random end. */
    private static String iamArn(String cluster, String principalArn) {
        return AccessEntryValidator.isPrincipal(principalArn) ? arn(cluster, principalArn, new UUID(0, 0)) : "*";
    }

    private static String arn(String cluster, String principalArn, UUID id) {
        String[] parts = principalArn.split("[:/]", -1);
        return IamRequest.arn(
                "eks",
                "access-entry/%s/%s/%s/%s/%s".formatted(cluster, parts[5], parts[4], parts[parts.length - 1], id));
    }

    private static String clusterArn(String cluster) {
        return IamRequest.arn("eks", "cluster/" + cluster);
    }

    private static String key(String cluster, String principalArn) {
        return cluster + "\n" + principalArn;
    }
}
