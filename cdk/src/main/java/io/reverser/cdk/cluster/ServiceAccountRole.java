package io.reverser.cdk.cluster;

import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.CfnJson;
import software.amazon.awscdk.services.eks_v2.Cluster;
import software.amazon.awscdk.services.iam.IOpenIdConnectProvider;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.WebIdentityPrincipal;
import software.constructs.Construct;

/** A role that one service account can take with its token: for External Secrets, which acts for service accounts. */
public final class ServiceAccountRole extends Construct {

    private final Role role;

    /**
     * The role.
     *
     * @param name of the role, which stands in the service account's annotation
     * @param account its namespace and name, like {@code reverser:reverser}
     */
    public ServiceAccountRole(Construct scope, String id, Cluster cluster, String name, String account) {
        super(scope, id);
        IOpenIdConnectProvider provider = cluster.getOpenIdConnectProvider();
        String issuer = provider.getOpenIdConnectProviderIssuer();
        // The issuer is known only at deployment and is a part of the keys.
        var token = CfnJson.Builder.create(this, "Token")
                .value(new TreeMap<>(Map.of(
                        issuer + ":sub", "system:serviceaccount:" + account, issuer + ":aud", "sts.amazonaws.com")))
                .build();
        role = Role.Builder.create(this, "Role")
                .roleName(name)
                .description("Of the service account " + account)
                .assumedBy(
                        new WebIdentityPrincipal(provider.getOpenIdConnectProviderArn(), Map.of("StringEquals", token)))
                .build();
    }

    /** To give it rights. */
    public Role role() {
        return role;
    }
}
