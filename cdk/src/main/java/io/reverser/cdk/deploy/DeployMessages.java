package io.reverser.cdk.deploy;

import io.reverser.cdk.deploy.CostEstimate.LineItem;
import io.reverser.cdk.settings.ArgoCdSettings;
import io.reverser.cdk.settings.ClusterSettings;
import io.reverser.cdk.settings.Settings;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Everything that {@code ./platform deploy} says. */
public final class DeployMessages {

    private DeployMessages() {}

    static String noCredentials() {
        return "no AWS credentials that are valid: log in, for example with aws sso login, and name the profile with AWS_PROFILE";
    }

    static String rejectedCredentials(String reason) {
        return """
                AWS does not take these credentials: log in again
                    (%s)""".formatted(firstLine(reason));
    }

    static String wrongAccount(String found, Settings settings) {
        return "these credentials are of the account %s, but %s belongs into %s (account in cdk/config/%2$s.yaml)"
                .formatted(found, settings.name(), settings.account());
    }

    static String notBootstrapped(int version, Settings settings) {
        return "the account is not prepared for CDK in %s%s: (cd cdk && npx cdk bootstrap aws://%s/%1$s)"
                .formatted(
                        settings.region(),
                        version == 0 ? "" : " since version 21, only for version " + version,
                        settings.account());
    }

    static String missingSecret(String name, String region, List<String> keys) {
        return """
                there is no secret %s: write {%s} to a file and
                    aws secretsmanager create-secret --region %s --name %1$s --secret-string file://<that file>""".formatted(
                        name, keys.stream().map("\"%s\": \"…\""::formatted).collect(Collectors.joining(", ")), region);
    }

    static String missingSecretKey(String name, String key) {
        return "the secret %s has no %s".formatted(name, key);
    }

    static String notEnoughElasticIps(AwsAccount.ElasticIps addresses, int required) {
        return "%d NAT gateways need as many Elastic IP addresses; of %d that this account may have, %d are in use: raise the quota EC2-VPC Elastic IPs, or nat_gateways down"
                .formatted(required, addresses.quota(), addresses.inUse());
    }

    static String notEnoughVcpus(ClusterSettings.NodeGroup nodes, int required, int quota) {
        return "%d %s have %d virtual CPUs, and this account may run %d: raise the quota Running On-Demand Standard instances, or nodes.max down"
                .formatted(nodes.max(), nodes.type(), required, quota);
    }

    static String unknownInstanceType(String type, String region) {
        return "%s has no machines of the type %s (cluster.nodes.type)".formatted(region, type);
    }

    static String missingCertificate(ArgoCdSettings argocd) {
        return "there is no certificate %s (argocd.certificate)".formatted(argocd.certificate());
    }

    static String unusableCertificate(ArgoCdSettings argocd, String status, boolean covers) {
        return "the certificate of argocd.certificate is %s and %s %s"
                .formatted(status, covers ? "covers" : "does not cover", argocd.host());
    }

    static String existingGitHubOidcProvider(Settings settings) {
        return "the account has an identity provider for GitHub already, and can have only one: delete it, or deploy %s into an account of its own"
                .formatted(settings.name());
    }

    static String failedCheck(String permission, String reason) {
        return """
                cannot tell without the right %s
                    (%s)""".formatted(permission, firstLine(reason));
    }

    public static String preflightProblems(List<String> problems) {
        return problems.stream()
                .map(problem -> "  - " + problem)
                .collect(
                        Collectors.joining("\n", "platform: nothing was created, because something is missing:\n", ""));
    }

    public static String costEstimate(List<LineItem> items, String source) {
        var lines = new StringBuilder("What it costs in a month, in US dollars, when nothing happens and at most:\n");
        items.forEach(item -> lines.append(format(item)));
        return lines.append(format(CostEstimate.total(items)))
                .append("  Without traffic, storage of the database, logs and metrics. ")
                .append(source)
                .toString();
    }

    public static String confirmation(Settings settings, int stacks) {
        return "Deploy %d stacks of %s into the account %s in %s? [y/N] "
                .formatted(stacks, settings.name(), settings.account(), settings.region());
    }

    /** Where everything is. */
    public static String deployed(Settings settings, String slackUrl) {
        return """
                %1$s is there.
                  Slack       %2$s
                              for the commands /cluster-access and /maintenance-window, and for interactivity, in the
                              settings of the Slack app
                  cluster     aws eks update-kubeconfig --region %3$s --name %4$s
                  Argo CD     https://%5$s, once that name is a CNAME of what this prints:
                              kubectl -n argocd get ingress argocd-server -o jsonpath='{.status.loadBalancer.ingress[0].hostname}'
                  its admin   argocd admin initial-password -n argocd
                  dashboard   https://%3$s.console.aws.amazon.com/cloudwatch/home?region=%3$s#dashboards/dashboard/%1$s-platform
                  alarms      in Slack, once its app is in the channels of the settings; by mail to %6$s,
                              who confirm the subscription first, when they do not get there""".formatted(
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
