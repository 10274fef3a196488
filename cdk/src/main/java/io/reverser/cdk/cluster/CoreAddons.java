package io.reverser.cdk.cluster;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import software.amazon.awscdk.services.eks.CfnAddon;
import software.amazon.awscdk.services.eks_v2.Addon;
import software.amazon.awscdk.services.eks_v2.Cluster;
import software.amazon.awscdk.services.eks_v2.Nodegroup;
import software.constructs.Construct;

/** The EKS add-ons: vpc-cni is installed before the nodes, coredns and the Pod Identity agent after them. */
final class CoreAddons extends Construct {

    CoreAddons(Construct scope, Cluster cluster, Nodegroup nodes) {
        super(scope, "CoreAddons");
        // With prefix delegation, an m7i.large instance can run 110 pods instead of 29.
        var network = addon(
                cluster,
                "vpc-cni",
                Map.of(
                        "enableNetworkPolicy",
                        "true",
                        "env",
                        new TreeMap<>(Map.of("ENABLE_PREFIX_DELEGATION", "true", "WARM_PREFIX_TARGET", "1"))));
        nodes.getNode().addDependency(network);
        addon(cluster, "kube-proxy", Map.of());
        addon(cluster, "coredns", Map.of()).getNode().addDependency(nodes);
        addon(cluster, "eks-pod-identity-agent", Map.of()).getNode().addDependency(nodes);
    }

    private Addon addon(Cluster cluster, String name, Map<String, Object> configuration) {
        Addon addon = Addon.Builder.create(this, name)
                .cluster(cluster)
                .addonName(name)
                .configurationValues(new TreeMap<>(configuration))
                .preserveOnDelete(false)
                .build();
        // CDK's Addon lacks the property resolveConflicts. With CloudFormation's default for it, the installation of an
        // add-on fails if a field of its objects already has a different value.
        ((CfnAddon) Objects.requireNonNull(addon.getNode().getDefaultChild())).setResolveConflicts("OVERWRITE");
        return addon;
    }
}
