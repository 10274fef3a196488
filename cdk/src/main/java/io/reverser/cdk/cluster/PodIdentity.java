package io.reverser.cdk.cluster;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.eks.CfnPodIdentityAssociation;
import software.amazon.awscdk.services.eks_v2.ICluster;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.PrincipalBase;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.iam.SessionTagsPrincipal;
import software.constructs.Construct;

/** A role that one service account has, with EKS Pod Identity: what runs as that account depends on this. */
public final class PodIdentity extends Construct {

    /** With the rights that it needs and no others. */
    public PodIdentity(
            Construct scope,
            String serviceAccount,
            ICluster cluster,
            String namespace,
            List<PolicyStatement> statements) {
        super(scope, serviceAccount + "-identity");
        var role = Role.Builder.create(this, "Role")
                .description("Of %s in %s".formatted(serviceAccount, namespace))
                .assumedBy(podsPrincipal())
                .build();
        statements.forEach(role::addToPolicy);
        CfnPodIdentityAssociation.Builder.create(this, "Association")
                .clusterName(cluster.getClusterName())
                .namespace(namespace)
                .serviceAccount(serviceAccount)
                .roleArn(role.getRoleArn())
                .build()
                .getNode()
                .addDependency(role);
    }

    /** Who takes the role for the pods. */
    static PrincipalBase podsPrincipal() {
        return new SessionTagsPrincipal(ServicePrincipal.Builder.create("pods.eks.amazonaws.com")
                .conditions(Map.of())
                .build());
    }
}
