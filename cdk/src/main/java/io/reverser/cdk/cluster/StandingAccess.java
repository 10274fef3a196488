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

/** An access entry for everybody who always has access; those for a while are made by {@code /cluster-access}. */
final class StandingAccess extends Construct {

    StandingAccess(Construct scope, Cluster cluster, List<ClusterSettings.StandingAccess> people) {
        super(scope, "StandingAccess");
        people.forEach(person -> AccessEntry.Builder.create(
                        this, person.principal().replaceFirst(".*:", "").replace('/', '-'))
                .cluster(cluster)
                .principal(person.principal())
                .accessPolicies(List.of(policy(person)))
                .build());
    }

    private static IAccessPolicy policy(ClusterSettings.StandingAccess person) {
        var options = AccessPolicyNameOptions.builder();
        return AccessPolicy.fromAccessPolicyName(
                person.policy(),
                person.namespaces().isEmpty()
                        ? options.accessScopeType(AccessScopeType.CLUSTER).build()
                        : options.accessScopeType(AccessScopeType.NAMESPACE)
                                .namespaces(person.namespaces())
                                .build());
    }
}
