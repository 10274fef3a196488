package io.reverser.cdk.deploy;

import io.reverser.cdk.deploy.CostEstimate.LineItem;
import io.reverser.cdk.settings.ArgoCdSettings;
import io.reverser.cdk.settings.ClusterSettings;
import io.reverser.cdk.settings.Settings;
import java.util.List;
import java.util.Locale;
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
        return "CDK is not bootstrapped in %s%s: run (cd cdk && npx cdk bootstrap aws://%s/%1$s)"
                .formatted(
                        settings.region(),
                        version == 0 ? "" : " with version 21 or later, only with version " + version,
                        settings.account());
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

    static String notEnoughElasticIps(AwsAccount.ElasticIps addresses, int required) {
        return "%d NAT gateways need %1$d Elastic IP addresses, but %3$d of the quota of %2$d are in use: raise the quota EC2-VPC Elastic IPs, or lower network.nat_gateways"
                .formatted(required, addresses.quota(), addresses.inUse());
    }

    static String notEnoughVcpus(ClusterSettings.NodeGroup nodes, int required, int quota) {
        return "%d %s instances have %d vCPUs, but the quota is %d: raise the quota Running On-Demand Standard instances, or lower cluster.nodes.max"
                .formatted(nodes.max(), nodes.type(), required, quota);
    }

    static String unknownInstanceType(String type, String region) {
        return "region %s does not offer the instance type %s (cluster.nodes.type)".formatted(region, type);
    }

    static String missingCertificate(ArgoCdSettings argocd) {
        return "certificate %s does not exist (argocd.certificate)".formatted(argocd.certificate());
    }

    static String unusableCertificate(ArgoCdSettings argocd, String status, boolean covers) {
        return "the certificate in argocd.certificate must be ISSUED and cover %3$s; it is %1$s and %2$s that name"
                .formatted(status, covers ? "covers" : "does not cover", argocd.host());
    }

    static String existingGitHubOidcProvider(Settings settings) {
        return "the account already has an OIDC identity provider for GitHub, and can have only one: delete it, or deploy %s into its own account"
                .formatted(settings.name());
    }

    static String failedCheck(String permission, String reason) {
        return """
                preflight check failed; it needs the permission %s
                    (%s)""".formatted(permission, firstLine(reason));
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
                  alarms      in Slack, after you invite the app to the channels in the settings; alarms about
                              the Slack pipeline by e-mail to %6$s, who must confirm the subscription""".formatted(
                        settings.name(),
                        slackUrl,
                        settings.region(),
                        settings.cluster().name(),
                        settings.argocd().host(),
                        String.join(", ", settings.operations().alarmEmails()));
    }

    private static String format(LineItem item) {
        return String.format(Locale.ROOT, "  %-28s %8.0f %8.0f%n", item.name(), item.min(), item.max());
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }
}
