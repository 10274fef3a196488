package io.reverser.cdk.observability;

import io.reverser.cdk.iam.PolicyStatements;
import io.reverser.cdk.names.PhysicalNames;
import io.reverser.cdk.settings.Settings;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.sns.CfnSubscription;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sns.subscriptions.EmailSubscription;
import software.constructs.Construct;

/** The encrypted SNS topics of alarms: one for Slack, and one for e-mail about the Slack pipeline itself. CloudWatch
 * cannot publish to topics that are encrypted with the AWS managed key, so these topics have a customer managed KMS
 * key.
 */
final class AlarmTopic extends Construct {

    private static final String CLOUDWATCH = "cloudwatch.amazonaws.com";

    private final Topic slackTopic;
    private final Topic emailTopic;

    AlarmTopic(Construct scope, Settings settings) {
        super(scope, "AlarmTopic");
        Map<String, Map<String, ?>> sameAccount =
                Map.of("StringEquals", Map.of("aws:SourceAccount", settings.account()));
        var names = new PhysicalNames(settings);
        var key = Key.Builder.create(this, "Key")
                .description("Alarms of the environment " + settings.name())
                .enableKeyRotation(true)
                .removalPolicy(RemovalPolicy.DESTROY)
                .build();
        key.addToResourcePolicy(PolicyStatements.allowService(
                CLOUDWATCH, List.of("kms:Decrypt", "kms:GenerateDataKey*"), "*", sameAccount));
        slackTopic = createTopic("Topic", names.alarmTopic(), key, sameAccount);
        CfnSubscription.Builder.create(this, "SlackSubscription")
                .topicArn(slackTopic.getTopicArn())
                .protocol("sqs")
                .endpoint("arn:aws:sqs:%s:%s:%s".formatted(settings.region(), settings.account(), names.alarmQueue()))
                .build();
        emailTopic = createTopic("EmailTopic", names.alarmEmailTopic(), key, sameAccount);
        settings.operations()
                .alarmEmails()
                .forEach(address -> emailTopic.addSubscription(new EmailSubscription(address)));
    }

    /** Topic of all alarms except those about the Slack pipeline. */
    Topic slackTopic() {
        return slackTopic;
    }

    /** Topic of alarms about the Slack pipeline, which are sent by e-mail. */
    Topic emailTopic() {
        return emailTopic;
    }

    private Topic createTopic(String id, String name, Key key, Map<String, Map<String, ?>> sameAccount) {
        var topic = Topic.Builder.create(this, id)
                .topicName(name)
                .masterKey(key)
                .enforceSsl(true)
                .build();
        topic.addToResourcePolicy(
                PolicyStatements.allowService(CLOUDWATCH, List.of("sns:Publish"), topic.getTopicArn(), sameAccount));
        return topic;
    }
}
