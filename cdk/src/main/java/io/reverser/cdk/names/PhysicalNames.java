package io.reverser.cdk.names;

import io.reverser.cdk.settings.Settings;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.Stack;
import software.constructs.Construct;

/** Physical names of resources. A resource has a physical name only if its name is needed outside CDK (for example in
 * chart values), in a stack that is deployed earlier, or by an operator.
 */
public record PhysicalNames(Settings settings) {

    /** The only alias of each function. */
    public static final String LIVE_ALIAS = "live";

    /** Name of a Lambda function; the name of its log group is {@code /aws/lambda/} followed by this name.
     *
     * @param artifact the name of the function's build artifact, like {@code access-granter}
     */
    public String function(String artifact) {
        return settings.name() + "-" + artifact;
    }

    /** ARN of a function. */
    public String functionArn(String artifact) {
        return "arn:aws:lambda:%s:%s:function:%s".formatted(settings.region(), settings.account(), function(artifact));
    }

    /** ARN of a function's only alias. */
    public String liveAliasArn(Construct scope, String artifact) {
        return Stack.of(scope)
                .formatArn(ArnComponents.builder()
                        .service("lambda")
                        .resource("function")
                        .resourceName(function(artifact) + ":" + LIVE_ALIAS)
                        .arnFormat(ArnFormat.COLON_RESOURCE_NAME)
                        .build());
    }

    /** DynamoDB table of access requests. */
    public String accessTable() {
        return settings.name() + "-cluster-access";
    }

    /** Group of the schedules that revoke access. */
    public String accessScheduleGroup() {
        return settings.name() + "-cluster-access";
    }

    /** Secret with the key that signs the tags of access entries. */
    public String tagSigningKeySecret() {
        return settings.name() + "/cluster-access/tag-signing-key";
    }

    /** SNS topic of alarms for Slack. */
    public String alarmTopic() {
        return settings.name() + "-alarms";
    }

    /** SNS topic of alarms about the Slack pipeline, for e-mail. */
    public String alarmEmailTopic() {
        return settings.name() + "-alarms-email";
    }

    /** SQS queue of alarms for Slack. */
    public String alarmQueue() {
        return settings.name() + "-alarms";
    }

    /** SQS work queue, for clicks on alarms and for graphs. */
    public String alarmWorkQueue() {
        return settings.name() + "-alarms-work";
    }

    /** Dead-letter queue of the alarm queue and the work queue. */
    public String alarmDeadLetterQueue() {
        return settings.name() + "-alarms-dlq";
    }

    /** DynamoDB table of alarms and their outbox. */
    public String alarmTable() {
        return settings.name() + "-alarms";
    }

    /** DynamoDB table of rotations. */
    public String rotationTable() {
        return settings.name() + "-rotation";
    }

    /** Group of the schedule that invokes the rotator. */
    public String rotationScheduleGroup() {
        return settings.name() + "-rotation";
    }

    /** Dead-letter queue of the rotator. */
    public String rotationDeadLetterQueue() {
        return settings.name() + "-rotation-dlq";
    }

    /** CloudWatch dashboard. */
    public String dashboard() {
        return settings.name() + "-platform";
    }

    /** Log group of all pods. */
    public String podLogGroup() {
        return "/aws/eks/" + settings.cluster().name() + "/pods";
    }

    /** S3 bucket of the load balancers' access logs. */
    public String accessLogBucket() {
        return "%s-access-logs-%s-%s".formatted(settings.name(), settings.account(), settings.region());
    }

    /** Host name of the ECR registry. */
    public String imageRegistry() {
        return "%s.dkr.ecr.%s.amazonaws.com".formatted(settings.account(), settings.region());
    }

    /** ARN of the role with which External Secrets reads Argo CD's secrets. */
    public String argocdSecretsRoleArn() {
        return "arn:aws:iam::%s:role/%s".formatted(settings.account(), argocdSecretsRoleName());
    }

    /** Name of the role with which External Secrets reads Argo CD's secrets. */
    public String argocdSecretsRoleName() {
        return settings.name() + "-argocd-secrets";
    }

    /** Role of the reverser's service account. */
    public String reverserRoleName() {
        return settings.name() + "-reverser";
    }

    /** Aurora cluster; its log groups contain this name. */
    public String databaseCluster() {
        return settings.name() + "-database";
    }

    /** Secret of the database's administrator. */
    public String databaseAdministratorSecret() {
        return settings.name() + "/database/administrator";
    }

    /** Secret with the database credentials of the reverser. */
    public String databaseSecret() {
        return settings.name() + "/reverser/database";
    }
}
