package io.reverser.cdk.observability;

import io.reverser.cdk.settings.Settings;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sns.subscriptions.EmailSubscription;
import software.constructs.Construct;

/** Where every alarm goes, encrypted. CloudWatch cannot use AWS's own key for topics, so the topic has one that it may use. */
final class AlarmTopic extends Construct {

    private static final String CLOUDWATCH = "cloudwatch.amazonaws.com";

    private final Topic topic;

    AlarmTopic(Construct scope, Settings settings) {
        super(scope, "AlarmTopic");
        Map<String, Object> ours = Map.of("StringEquals", Map.of("aws:SourceAccount", settings.account()));
        var key = Key.Builder.create(this, "Key")
                .description("Alarms of the environment " + settings.name())
                .enableKeyRotation(true)
                .build();
        key.addToResourcePolicy(PolicyStatement.Builder.create()
                .principals(List.of(new ServicePrincipal(CLOUDWATCH)))
                .actions(List.of("kms:Decrypt", "kms:GenerateDataKey*"))
                .resources(List.of("*"))
                .conditions(ours)
                .build());
        topic = Topic.Builder.create(this, "Topic")
                .topicName(settings.name() + "-alarms")
                .masterKey(key)
                .enforceSsl(true)
                .build();
        topic.addToResourcePolicy(PolicyStatement.Builder.create()
                .principals(List.of(new ServicePrincipal(CLOUDWATCH)))
                .actions(List.of("sns:Publish"))
                .resources(List.of(topic.getTopicArn()))
                .conditions(ours)
                .build());
        settings.operations().alarmMail().forEach(mail -> topic.addSubscription(new EmailSubscription(mail)));
    }

    Topic topic() {
        return topic;
    }
}
