package io.reverser.cdk.deploy;

import io.reverser.cdk.deploy.CostEstimate.LineItem;
import io.reverser.cdk.deploy.PermissionTable.Expectation;
import io.reverser.cdk.settings.ArgoCdSettings;
import io.reverser.cdk.settings.ClusterSettings;
import io.reverser.cdk.settings.DeliverySettings;
import io.reverser.cdk.settings.Settings;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The messages of {@code ./platform deploy}. */
public final class DeployMessages {

    private DeployMessages() {}

    static String noCredentials() {
        return "no valid AWS credentials: log in, for example with aws sso login, and set AWS_PROFILE to the profile";
    }

    static String rejectedCredentials(String reason) {
        return """
                AWS rejected these credentials: log in again
                    (%s)""".formatted(firstLine(reason));
    }

    static String wrongAccount(String found, Settings settings) {
        return "wrong AWS account: the credentials are for %s, but %s is configured for %s (account in cdk/config/%2$s.yaml)"
                .formatted(found, settings.name(), settings.account());
    }

    static String notBootstrapped(int version, Settings settings) {
        return "CDK is not bootstrapped in %s%s: run ./platform bootstrap %s"
                .formatted(
                        settings.region(),
                        version == 0 ? "" : " with version 21 or later, only with version " + version,
                        settings.name());
    }

    static String blockedStack(String stack, String status, String command, String region) {
        return """
                CloudFormation does not change the stack %s, whose status is %s; first run
                    aws cloudformation %s --region %s --stack-name %1$s""".formatted(stack, status, command, region);
    }

    static String takenName(NamedResource resource, String stack, String region) {
        return """
                %s already exists, and the stack %s, which creates it, does not. Unless its data is still needed, delete it%s:
                    %s""".formatted(
                        resource.label(),
                        stack,
                        resource.type() == NamedResource.Type.DATABASE
                                ? " after its instances (aws rds delete-db-instance)"
                                : "",
                        resource.deleteCommand(region));
    }

    static String missingSecret(String name, String region, List<String> keys) {
        return """
                secret %s does not exist: write {%s} to a file and run
                    aws secretsmanager create-secret --region %s --name %1$s --secret-string file://<that file>""".formatted(
                        name, keys.stream().map("\"%s\": \"…\""::formatted).collect(Collectors.joining(", ")), region);
    }

    static String missingSecretKey(String name, String key) {
        return "secret %s has no key %s".formatted(name, key);
    }

    static String rejectedSlackToken(String secret, String error) {
        return "Slack rejected the bot_token in the secret %s (%s): copy it again from the page OAuth & Permissions of the Slack app"
                .formatted(secret, error);
    }

    static String otherSlackWorkspace(String secret, String found, String expected) {
        return "the bot_token in the secret %s belongs to the Slack workspace %s, but access.slack.team is %s: use the token of an app in that workspace, or correct the setting"
                .formatted(secret, found, expected);
    }

    static String missingSlackScopes(Collection<String> scopes, String secret) {
        return "the Slack app lacks the scopes %s: update it from the manifest docs/slack-app.yaml, install it again, and copy its new bot_token into the secret %s"
                .formatted(String.join(", ", scopes), secret);
    }

    static String notInSlackChannel(String channel, String key) {
        return "the Slack app is not in the channel %s (%s), or there is no such channel: invite the app with /invite in the channel"
                .formatted(channel, key);
    }

    static String rejectedGitToken(DeliverySettings delivery) {
        return "GitHub rejected the username and password in the secret %s: create a new token, and write it into the secret"
                .formatted(delivery.gitSecret());
    }

    static String gitTokenCannotPush(DeliverySettings delivery, int status) {
        return "the token in the secret %s cannot push to %s (HTTP %d): give it read and write access to the contents of this repository, or correct delivery.repository"
                .formatted(delivery.gitSecret(), delivery.repository(), status);
    }

    static String otherGitHubIds(DeliverySettings delivery, long ownerId, long repositoryId) {
        return "GitHub's OIDC tokens for %s contain IDs that the settings do not have, so that AWS would reject them: set delivery.owner_id: %d and delivery.repository_id: %d"
                .formatted(delivery.repository(), ownerId, repositoryId);
    }

    static String unreachable(String what, String reason) {
        return """
                preflight check failed; %s cannot be reached: check the network and its proxy
                    (%s)""".formatted(what, firstLine(reason));
    }

    static String unusableZones(List<String> unusable, Collection<String> usable) {
        return "EKS cannot use %s (network.zones) in this account: choose three of %s"
                .formatted(String.join(", ", unusable), String.join(", ", usable));
    }

    static String instanceTypeMissingInZones(String type, List<String> zones) {
        return "the instance type %s is not available in %s: choose another cluster.nodes.type or other network.zones"
                .formatted(type, String.join(", ", zones));
    }

    static String quotaReached(String quota, int inUse, int limit) {
        return "the quota %s is %d, and %d are in use, but the deployment needs one more: raise the quota in the console of Service Quotas"
                .formatted(quota, limit, inUse);
    }

    static String notEnoughElasticIps(AwsAccount.ElasticIps addresses, int required) {
        return "%d NAT gateways need %1$d Elastic IP addresses, but %3$d of the quota of %2$d are in use: raise the quota EC2-VPC Elastic IPs, or lower network.nat_gateways"
                .formatted(required, addresses.quota(), addresses.inUse());
    }

    static String notEnoughVcpus(ClusterSettings.NodeGroup nodes, int required, int quota, int inUse) {
        return "%d %s instances have %d vCPUs, but %d of the quota of %d are in use: raise the quota Running On-Demand Standard instances, or lower cluster.nodes.max"
                .formatted(nodes.max(), nodes.type(), required, inUse, quota);
    }

    static String unknownInstanceType(String type, String region) {
        return "region %s does not offer the instance type %s (cluster.nodes.type)".formatted(region, type);
    }

    static String unsupportedKubernetes(String version) {
        return "Kubernetes %s (cluster.version) has no standard support from EKS: choose a later version; if the cluster exists, see Upgrade Kubernetes in docs/operations.md"
                .formatted(version);
    }

    static String endOfKubernetesSupport(String version, LocalDate end) {
        return "EKS ends its standard support of Kubernetes %s (cluster.version) on %s, and then upgrades the cluster by itself; upgrade it before: Upgrade Kubernetes in docs/operations.md"
                .formatted(version, end);
    }

    /** What does not prevent the deployment. */
    public static String preflightWarning(String warning) {
        return "platform: warning: " + warning;
    }

    static String missingCertificate(ArgoCdSettings argocd) {
        return "certificate %s does not exist (argocd.certificate)".formatted(argocd.certificate());
    }

    static String unusableCertificate(ArgoCdSettings argocd, String status, boolean covers) {
        return "the certificate in argocd.certificate must be ISSUED and cover %3$s; it is %1$s and %2$s that name"
                .formatted(status, covers ? "covers" : "does not cover", argocd.host());
    }

    static String noCertificateFor(String host, Settings settings) {
        return """
                no issued certificate in %s covers the reverser's host %s, so that its load balancer would not be created: run
                    aws acm request-certificate --region %1$s --domain-name %2$s --validation-method DNS
                and create the CNAME record that validates it""".formatted(settings.region(), host);
    }

    static String malformedOverlay(String environment, String reason) {
        return """
                kustomize/overlays/%s/kustomization.yaml, or a patch in it, is not valid YAML: correct it
                    (%s)""".formatted(environment, firstLine(reason));
    }

    static String missingOverlay(String environment) {
        return "kustomize/overlays/%s/kustomization.yaml does not set the reverser's host: copy the overlay of another environment, and change its values"
                .formatted(environment);
    }

    static String missingPrincipal(String key, String principal) {
        return "%s does not exist (%s), and EKS refuses access entries for it: create it, or correct the setting"
                .formatted(principal, key);
    }

    static String otherPrincipal(String key, String principal, String found) {
        return "%s does not exist (%s): with its path, the principal of this name is %s"
                .formatted(principal, key, found);
    }

    static String existingGitHubOidcProvider() {
        return "the account already has an OIDC identity provider for GitHub, and can have only one: set delivery.existing_oidc_provider: true";
    }

    static String missingGitHubOidcProvider() {
        return "the account has no OIDC identity provider for GitHub: set delivery.existing_oidc_provider: false, so that the deployment creates it";
    }

    static String ownGitHubOidcProvider(String stack) {
        return "the stack %s created the OIDC identity provider for GitHub and would now delete it: remove delivery.existing_oidc_provider from the settings"
                .formatted(stack);
    }

    /** The call is like {@code ec2:DescribeAddresses}, which is also the name of the permission for it. */
    static String failedCheck(String call, String reason) {
        return """
                preflight check failed, because the call %s failed
                    (%s)""".formatted(call, firstLine(reason));
    }

    static String failedVerification(String call, String reason) {
        return """
                the call %s failed, so that nothing more was verified
                    (%s)""".formatted(call, firstLine(reason));
    }

    static String notDeployed(Settings settings, Collection<String> missing) {
        return "%s is not completely deployed in %s; %s missing: run ./platform deploy %1$s"
                .formatted(
                        settings.name(),
                        settings.region(),
                        missing.size() == 1 ? missing.iterator().next() + " is" : missing.size() + " resources are");
    }

    static String unexpectedPermission(Expectation expected, String action, String decision) {
        String context = expected.context().isEmpty() ? "" : " with " + expected.context();
        return expected.allowed()
                ? "%s needs %s on %s%s, but AWS answers %s: compare the role's policies with docs/permissions.md"
                        .formatted(expected.role(), action, expected.resource(), context, decision)
                : "%s may call %s on %s%s, but must not: %s"
                        .formatted(expected.role(), action, expected.resource(), context, expected.because());
    }

    static String unexpectedCall(String what, boolean allowed, String reason) {
        return """
                EKS should %s with the policies of granter: %s
                    (%s)""".formatted(allowed ? "allow" : "deny", what, firstLine(reason));
    }

    static String noPersonForProbe(String cluster) {
        return "everyone in access.people has an access entry in the cluster %s, so that no call with the policies of granter was tried: run the command again when one of the entries has expired"
                .formatted(cluster);
    }

    static String verifiedPermissions(long permissions, long roles, int calls, Settings settings) {
        return "%d answers of AWS about %d roles of %s, and %d calls to EKS with the policies of granter"
                .formatted(permissions, roles, settings.name(), calls);
    }

    public static String verificationResult(PermissionVerification.Report report) {
        return report.problems().isEmpty()
                ? "platform: all permissions are as expected: " + report.summary()
                : report.problems().stream()
                        .map(problem -> "  - " + problem)
                        .collect(Collectors.joining(
                                "\n", "platform: permissions are not as expected. Fix these problems:\n", ""));
    }

    public static String preflightProblems(List<String> problems) {
        return problems.stream()
                .map(problem -> "  - " + problem)
                .collect(Collectors.joining("\n", "platform: nothing was deployed. Fix these problems first:\n", ""));
    }

    public static String costEstimate(List<LineItem> items, String source) {
        var lines = new StringBuilder("Estimated monthly costs in US dollars, minimum and maximum:\n");
        items.forEach(item -> lines.append(format(item)));
        return lines.append(format(CostEstimate.total(items)))
                .append("  Not included: data transfer, database storage, logs and metrics. ")
                .append(source)
                .toString();
    }

    public static String confirmation(Settings settings, int stacks) {
        return "Deploy %d stacks of %s into account %s in %s? [y/N] "
                .formatted(stacks, settings.name(), settings.account(), settings.region());
    }

    public static String unprotectedStacks(Set<String> stacks) {
        return """
                platform: new stacks: %s
                  They are deployed without deletion protection, so that CloudFormation can roll them back. Then a second
                  deployment turns the deletion protection on.""".formatted(String.join(", ", new TreeSet<>(stacks)));
    }

    public static String failedDeployment(Settings settings) {
        return "platform: the deployment failed; correct the cause, then run ./platform deploy %s again: it continues where it failed, or reports what else is required"
                .formatted(settings.name());
    }

    /** What was deployed, and what to do next. */
    public static String deployed(Settings settings, String slackUrl) {
        return """
                %1$s is deployed.
                  Slack       %2$s
                              set this URL for the commands /cluster-access and /maintenance-window, and for
                              interactivity, in the settings of the Slack app
                  cluster     aws eks update-kubeconfig --region %3$s --name %4$s
                  Argo CD     https://%5$s, after you create a CNAME for it that points to the output of:
                              kubectl -n argocd get ingress argocd-server -o jsonpath='{.status.loadBalancer.ingress[0].hostname}'
                              the admin's password: argocd admin initial-password -n argocd
                  dashboard   https://%3$s.console.aws.amazon.com/cloudwatch/home?region=%3$s#dashboards/dashboard/%1$s-platform
                  alarms      in Slack; alarms about the Slack pipeline by e-mail to %6$s, who must confirm the
                              subscription; Argo CD's notifications in #%7$s, after you invite the app""".formatted(
                        settings.name(),
                        slackUrl,
                        settings.region(),
                        settings.cluster().name(),
                        settings.argocd().host(),
                        String.join(", ", settings.operations().alarmEmails()),
                        settings.argocd().slackChannel());
    }

    private static String format(LineItem item) {
        return String.format(Locale.ROOT, "  %-28s %8.0f %8.0f%n", item.name(), item.min(), item.max());
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }
}
