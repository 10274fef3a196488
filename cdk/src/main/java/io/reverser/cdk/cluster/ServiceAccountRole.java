package io.reverser.cdk.cluster;

import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.CfnJson;
import software.amazon.awscdk.services.eks_v2.Cluster;
import software.amazon.awscdk.services.iam.IOpenIdConnectProvider;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.WebIdentityPrincipal;
import software.constructs.Construct;

/**
 * An IAM role that one service account assumes with its token (IRSA). External Secrets needs this kind of role to read
 * secrets for a service account.
 */
public final class ServiceAccountRole extends Construct {

    private final Role role;

    /** Creates the role.
     *
     * @param name of the role, which the service account's annotation contains
     * @param account namespace and name of the service account, like {@code reverser:reverser}
     */
    public ServiceAccountRole(Construct scope, String id, Cluster cluster, String name, String account) {
        super(scope, id);
        IOpenIdConnectProvider provider = cluster.getOpenIdConnectProvider();
        String issuer = provider.getOpenIdConnectProviderIssuer();
        // The condition keys contain the cluster's OIDC issuer, which is known only at deployment.
        var token = CfnJson.Builder.create(this, "Token")
                .value(new TreeMap<>(Map.of(
                        issuer + ":sub", "system:serviceaccount:" + account, issuer + ":aud", "sts.amazonaws.com")))
                .build();
        role = Role.Builder.create(this, "Role")
                .roleName(name)
                .description("Service account " + account)
                .assumedBy(
                        new WebIdentityPrincipal(provider.getOpenIdConnectProviderArn(), Map.of("StringEquals", token)))
                .build();
    }

    /** The role, to which the caller adds permissions. */
    public Role role() {
        return role;
    }
}
