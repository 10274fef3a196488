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

/**
 * An IAM role that one service account uses through EKS Pod Identity. The chart that creates the pods of the service
 * account depends on this construct, and on another chart that is installed in between: EKS adds credentials to a pod
 * only when the pod is created, and a new association takes effect after some seconds.
 */
public final class PodIdentity extends Construct {

    /** Creates the role, with these permissions only, and its association with the service account. */
    public PodIdentity(
            Construct scope,
            String serviceAccount,
            ICluster cluster,
            String namespace,
            List<PolicyStatement> statements) {
        super(scope, serviceAccount + "-identity");
        var role = Role.Builder.create(this, "Role")
                .description("Service account %s in %s".formatted(serviceAccount, namespace))
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

    /** The EKS Pod Identity service, which assumes the role for pods. */
    static PrincipalBase podsPrincipal() {
        return new SessionTagsPrincipal(ServicePrincipal.Builder.create("pods.eks.amazonaws.com")
                .conditions(Map.of())
                .build());
    }
}
