package io.reverser.cdk.cluster;

import io.reverser.cdk.settings.ClusterSettings;
import java.util.List;
import software.amazon.awscdk.services.eks_v2.AccessEntry;
import software.amazon.awscdk.services.eks_v2.AccessPolicy;
import software.amazon.awscdk.services.eks_v2.AccessPolicyNameOptions;
import software.amazon.awscdk.services.eks_v2.AccessScopeType;
import software.amazon.awscdk.services.eks_v2.Cluster;
import software.amazon.awscdk.services.eks_v2.IAccessPolicy;
import software.constructs.Construct;

/** Permanent access entries, from the settings; {@code /cluster-access} creates the temporary ones. */
final class StandingAccessEntries extends Construct {

    StandingAccessEntries(Construct scope, Cluster cluster, List<ClusterSettings.StandingAccess> entries) {
        super(scope, "StandingAccess");
        entries.forEach(entry -> AccessEntry.Builder.create(
                        this, entry.principal().replaceFirst(".*:", "").replace('/', '-'))
                .cluster(cluster)
                .principal(entry.principal())
                .accessPolicies(List.of(policy(entry)))
                .build());
    }

    private static IAccessPolicy policy(ClusterSettings.StandingAccess entry) {
        var options = AccessPolicyNameOptions.builder();
        return AccessPolicy.fromAccessPolicyName(
                entry.policy(),
                entry.namespaces().isEmpty()
                        ? options.accessScopeType(AccessScopeType.CLUSTER).build()
                        : options.accessScopeType(AccessScopeType.NAMESPACE)
                                .namespaces(entry.namespaces())
                                .build());
    }
}
