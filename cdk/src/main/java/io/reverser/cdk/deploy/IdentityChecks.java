package io.reverser.cdk.deploy;

import io.reverser.cdk.settings.ClusterSettings;
import io.reverser.cdk.settings.Settings;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Whether the principals in the settings exist, and who creates GitHub's OIDC provider. */
record IdentityChecks(AwsAccount account, DeployedStacks stacks, Settings settings) {

    /** EKS refuses an access entry for a principal that does not exist. */
    List<String> checkPrincipals() {
        return Stream.of(
                        check(
                                "cluster.standing_access",
                                settings.cluster().standingAccess().stream()
                                        .map(ClusterSettings.StandingAccess::principal)),
                        check("access.people", settings.access().principalArns().stream()))
                .flatMap(Function.identity())
                .toList();
    }

    private Stream<String> check(String key, Stream<String> principals) {
        // The principals of other accounts cannot be looked up from here.
        return principals
                .filter(principal -> principal.contains("::" + settings.account() + ":"))
                .flatMap(principal -> {
                    Optional<String> found = account.findPrincipal(principal);
                    return found.filter(principal::equals).isPresent()
                            ? Stream.empty()
                            : Stream.of(found.map(other -> DeployMessages.otherPrincipal(key, principal, other))
                                    .orElseGet(() -> DeployMessages.missingPrincipal(key, principal)));
                });
    }

    List<String> checkGitHubOidcProvider() {
        boolean exists = account.hasGitHubOidcProvider();
        boolean isDeployed = !stacks.isMissing(settings, "delivery");
        if (!settings.delivery().existingOidcProvider()) {
            return exists && !isDeployed ? List.of(DeployMessages.existingGitHubOidcProvider()) : List.of();
        }
        if (!exists) {
            return List.of(DeployMessages.missingGitHubOidcProvider());
        }
        String stack = settings.name() + "-delivery";
        return isDeployed && account.hasStackResource(stack, "AWS::IAM::OIDCProvider")
                ? List.of(DeployMessages.ownGitHubOidcProvider(stack))
                : List.of();
    }
}
