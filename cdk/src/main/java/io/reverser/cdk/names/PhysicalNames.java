package io.reverser.cdk.names;

import io.reverser.cdk.settings.Settings;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.Stack;
import software.constructs.Construct;

/**
 * Names that are known before what they name is made: because they stand in something that CDK does not make, like the values
 * of a chart, because another stack needs them first, or because an operator types them.
 */
public record PhysicalNames(Settings settings) {

    /** The only alias of each function. */
    public static final String LIVE_ALIAS = "live";

    /**
     * A function; its log group is {@code /aws/lambda/} and this.
     *
     * @param artifact like {@code access-granter}
     */
    public String function(String artifact) {
        return settings.name() + "-" + artifact;
    }

    /** ARN of a function's alias. */
    public String liveAliasArn(Construct scope, String artifact) {
        return Stack.of(scope)
                .formatArn(ArnComponents.builder()
                        .service("lambda")
                        .resource("function")
                        .resourceName(function(artifact) + ":" + LIVE_ALIAS)
                        .arnFormat(ArnFormat.COLON_RESOURCE_NAME)
                        .build());
    }

    /** The table of access requests. */
    public String accessTable() {
        return settings.name() + "-cluster-access";
    }

    /** The schedules that end access. */
    public String accessScheduleGroup() {
        return settings.name() + "-cluster-access";
    }

    /** Secret with the key that signs the tags of access entries. */
    public String tagSigningKeySecret() {
        return settings.name() + "/cluster-access/tag-signing-key";
    }

    /** The topic that CloudWatch tells. */
    public String alarmTopic() {
        return settings.name() + "-alarms";
    }

    /** The topic of what is the matter with all this, by mail. */
    public String alarmEmailTopic() {
        return settings.name() + "-alarms-email";
    }

    /** The queue behind the topic. */
    public String alarmQueue() {
        return settings.name() + "-alarms";
    }

    /** The queue of clicks and pictures. */
    public String alarmWorkQueue() {
        return settings.name() + "-alarms-work";
    }

    /** The dead-letter queue of the alarm queue and of the work queue. */
    public String alarmDeadLetterQueue() {
        return settings.name() + "-alarms-dlq";
    }

    /** The table of alarms and of what is to be said about them. */
    public String alarmTable() {
        return settings.name() + "-alarms";
    }

    /** The table of rotations. */
    public String rotationTable() {
        return settings.name() + "-rotation";
    }

    /** The schedule that calls the rotator. */
    public String rotationScheduleGroup() {
        return settings.name() + "-rotation";
    }

    /** The queue of calls of the rotator that failed. */
    public String rotationDeadLetterQueue() {
        return settings.name() + "-rotation-dlq";
    }

    /** The dashboard. */
    public String dashboard() {
        return settings.name() + "-platform";
    }

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
        return "arn:aws:iam::%s:role/%s".formatted(settings.account(), argocdSecretsRoleName());
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

    /** Secret of the database's administrator. */
    public String databaseAdministratorSecret() {
        return settings.name() + "/database/administrator";
    }

    /** Secret with the four keys that the reverser reads. */
    public String databaseSecret() {
        return settings.name() + "/reverser/database";
    }
}
