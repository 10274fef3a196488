package io.reverser.cdk.delivery;

import io.reverser.cdk.settings.Settings;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.WebIdentityPrincipal;
import software.constructs.Construct;

/** Roles that GitHub workflows assume for up to an hour with their OIDC token.
 *
 * @param providerArn ARN of GitHub's OIDC identity provider in this account
 */
record GitHubOidcRoles(Construct scope, Settings settings, String providerArn) {

    static final String ISSUER = "token.actions.githubusercontent.com";

    /**
     * Creates a role that trusts GitHub's tokens with exactly one subject, like {@code
     * repo:owner/name:ref:refs/heads/main}.
     */
    Role createRole(String name, String description, String subject) {
        return Role.Builder.create(scope, name)
                .roleName(settings.name() + "-" + name)
                .description(description)
                .assumedBy(new WebIdentityPrincipal(
                        providerArn,
                        Map.of(
                                "StringEquals",
                                new TreeMap<>(Map.of(ISSUER + ":aud", "sts.amazonaws.com", ISSUER + ":sub", subject)))))
                .maxSessionDuration(Duration.hours(1))
                .build();
    }
}
