package io.reverser.access.granter.entry;

import io.reverser.access.granter.entry.EntryTags.EntryRef;
import io.reverser.access.policy.GrantTerms;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.eks.model.AccessEntry;
import software.amazon.awssdk.services.eks.model.AccessScope;
import software.amazon.awssdk.services.eks.model.AccessScopeType;
import software.amazon.awssdk.services.eks.model.AuthenticationMode;
import software.amazon.awssdk.services.eks.model.Cluster;
import software.amazon.awssdk.services.eks.model.ClusterStatus;
import software.amazon.awssdk.services.eks.model.EksException;
import software.amazon.awssdk.services.eks.model.ResourceInUseException;
import software.amazon.awssdk.services.eks.model.ResourceNotFoundException;

/** Reads and changes access entries of EKS clusters. */
public class EksAccessEntries {

    private static final int FORBIDDEN = 403;

    private final EksClient eks;

    public EksAccessEntries(EksClient eks) {
        this.eks = eks;
    }

    /**
     * The reason why no access entry can be created in the cluster now, in words for the requester; empty when it can
     * be created.
     */
    public Optional<String> unavailableReason(String cluster) {
        try {
            Cluster found =
                    eks.describeCluster(request -> request.name(cluster)).cluster();
            if (found.status() != ClusterStatus.ACTIVE && found.status() != ClusterStatus.UPDATING) {
                return Optional.of("the cluster " + cluster + " is " + found.statusAsString());
            }
            return found.accessConfig().authenticationMode() == AuthenticationMode.CONFIG_MAP
                    ? Optional.of("the cluster " + cluster
                            + " uses the authentication mode CONFIG_MAP, which does not support"
                            + " access entries; set it to API or API_AND_CONFIG_MAP")
                    : Optional.empty();
        } catch (ResourceNotFoundException none) {
            return Optional.of("there is no cluster " + cluster + " in this account and region");
        }
    }

    /** The tags of an access entry; empty when the entry does not exist. */
    public Optional<Map<String, String>> fetchTags(EntryRef entry) {
        return describe(entry).map(AccessEntry::tags);
    }

    /**
     * Creates an access entry without any EKS access policy.
     *
     * @return false when the principal already has an access entry in the cluster, whoever created it
     */
    public boolean create(EntryRef entry, Map<String, String> tags) {
        try {
            eks.createAccessEntry(request -> request.clusterName(entry.cluster())
                    .principalArn(entry.principalArn())
                    .type("STANDARD")
                    .tags(tags));
            return true;
        } catch (ResourceInUseException taken) {
            return false;
        }
    }

    /** Associates the EKS access policy in the terms with the access entry. */
    public void associatePolicy(GrantTerms terms) {
        AccessScope scope = terms.namespaces().isEmpty()
                ? AccessScope.builder().type(AccessScopeType.CLUSTER).build()
                : AccessScope.builder()
                        .type(AccessScopeType.NAMESPACE)
                        .namespaces(terms.namespaces())
                        .build();
        eks.associateAccessPolicy(request -> request.clusterName(terms.cluster())
                .principalArn(terms.principalArn())
                .policyArn(terms.policyArn())
                .accessScope(scope));
    }

    /** Overwrites tags of an access entry. */
    public void updateTags(EntryRef entry, Map<String, String> tags) {
        AccessEntry found = describe(entry)
                .orElseThrow(() -> new IllegalStateException(
                        "The access entry of " + entry.principalArn() + " in " + entry.cluster() + " is gone"));
        eks.tagResource(request -> request.resourceArn(found.accessEntryArn()).tags(tags));
    }

    /** Deletes an access entry, and with it the access. */
    public void delete(EntryRef entry) {
        try {
            eks.deleteAccessEntry(
                    request -> request.clusterName(entry.cluster()).principalArn(entry.principalArn()));
        } catch (ResourceNotFoundException alreadyGone) {
            // The access entry was already deleted.
        } catch (EksException denied) {
            // The SDK repeats a deletion whose response was lost. The permission to delete depends on a tag, which the
            // deleted entry no longer has.
            if (denied.statusCode() != FORBIDDEN || describe(entry).isPresent()) {
                throw denied;
            }
        }
    }

    /** The access entries of a cluster that have this EKS access policy. */
    public List<EntryRef> listEntries(String cluster, String policyArn) {
        return eks
                .listAccessEntriesPaginator(
                        request -> request.clusterName(cluster).associatedPolicyArn(policyArn))
                .accessEntries()
                .stream()
                .map(principal -> new EntryRef(cluster, principal))
                .toList();
    }

    private Optional<AccessEntry> describe(EntryRef entry) {
        try {
            return Optional.of(eks.describeAccessEntry(
                            request -> request.clusterName(entry.cluster()).principalArn(entry.principalArn()))
                    .accessEntry());
        } catch (ResourceNotFoundException none) {
            return Optional.empty();
        }
    }
}
