package io.reverser.cdk.delivery;

import io.reverser.cdk.settings.Settings;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.WebIdentityPrincipal;
import software.constructs.Construct;

/**
 * Lets GitHub's workflows take roles for an hour, without any key.
 *
 * @param providerArn ARN of GitHub's identity provider in this account
 */
record GitHubOidcRoles(Construct scope, Settings settings, String providerArn) {

    static final String ISSUER = "token.actions.githubusercontent.com";

    /** A role for a subject like {@code repo:owner/name:ref:refs/heads/main}, to the letter, and for no other. */
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
