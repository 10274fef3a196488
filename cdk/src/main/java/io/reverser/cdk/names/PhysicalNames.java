package io.reverser.cdk.names;

import io.reverser.cdk.settings.Settings;

/** Names that stand both in a template and in something that CDK does not make, like the values of a chart. */
public record PhysicalNames(Settings settings) {

    /** Log group of everything that pods say. */
    public String podLogGroup() {
        return "/aws/eks/" + settings.cluster().name() + "/pods";
    }

    /** Bucket of the load balancers' access logs. */
    public String accessLogBucket() {
        return "%s-access-logs-%s-%s".formatted(settings.name(), settings.account(), settings.region());
    }

    /** Host of the image repository. */
    public String imageRegistry() {
        return "%s.dkr.ecr.%s.amazonaws.com".formatted(settings.account(), settings.region());
    }

    /** Role with which Argo CD's secrets are read. */
    public String argocdSecretsRoleArn() {
        return roleArn(argocdSecretsRoleName());
    }

    /** The same without the rest of its ARN. */
    public String argocdSecretsRoleName() {
        return settings.name() + "-argocd-secrets";
    }

    /** Role of the reverser's service account. */
    public String reverserRoleName() {
        return settings.name() + "-reverser";
    }

    /** The database; its logs are called after it. */
    public String databaseCluster() {
        return settings.name() + "-database";
    }

    /** Secret with the four keys that the reverser reads. */
    public String databaseSecret() {
        return settings.name() + "/reverser/database";
    }

    private String roleArn(String name) {
        return "arn:aws:iam::%s:role/%s".formatted(settings.account(), name);
    }
}
