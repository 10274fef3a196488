package io.reverser.cdk.settings;

import io.reverser.configreader.ConfigSection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The section {@code argocd}.
 *
 * @param host under which people open it
 * @param certificate of that host, an ARN of Certificate Manager in the environment's region
 * @param allowedCidrs addresses that may open it; when empty, only those inside the VPC
 * @param slackChannel where it tells what is degraded, missing or well again
 */
public record ArgoCdSettings(String host, String certificate, List<String> allowedCidrs, String slackChannel) {

    private static final Pattern CHANNEL = Pattern.compile("[a-z0-9][a-z0-9_-]{0,79}");

    /** Keeps its own list. */
    public ArgoCdSettings {
        allowedCidrs = List.copyOf(allowedCidrs);
    }

    static ArgoCdSettings read(ConfigSection section, String region) {
        ConfigSection argocd = section.renamed(Map.of("from", "allowed_cidrs"))
                .allowOnly("host", "certificate", "allowed_cidrs", "slack_channel");
        return new ArgoCdSettings(
                argocd.text("host", Patterns.HOST, "a host name like argocd.example.com"),
                argocd.text(
                        "certificate",
                        Pattern.compile("arn:aws[a-z-]*:acm:" + region + ":\\d{12}:certificate/[0-9a-f-]{36}"),
                        "the ARN of a certificate in " + region),
                Patterns.cidrs(argocd, "allowed_cidrs"),
                argocd.text("slack_channel", CHANNEL, "a Slack channel's name without #"));
    }
}
