package io.reverser.cdk.observability;

import io.reverser.cdk.settings.Settings;
import software.amazon.awscdk.Tags;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.sns.Topic;
import software.constructs.Construct;

/** Makes alarms: each is told when it begins and when it is over, has a severity and says where its runbook is. */
final class Alarms extends Construct {

    private final Settings settings;

    Alarms(Construct scope, Settings settings) {
        super(scope, "Alarms");
        this.settings = settings;
    }

    Alarm make(Rule rule, Topic topic) {
        var action = new SnsAction(topic);
        String runbook = "https://github.com/%s/blob/%s/docs/runbooks/%s.md"
                .formatted(settings.delivery().repository(), settings.delivery().branch(), rule.name());
        var alarm = Alarm.Builder.create(this, rule.name())
                .alarmName(settings.name() + "-" + rule.name())
                .alarmDescription(rule.says() + ". Runbook: " + runbook)
                .metric(rule.metric())
                .comparisonOperator(rule.limit().operator())
                .threshold(rule.limit().value())
                .evaluationPeriods(rule.limit().periods())
                .treatMissingData(rule.absence())
                .build();
        alarm.addAlarmAction(action);
        alarm.addOkAction(action);
        Tags.of(alarm).add("severity", rule.severity().tag());
        Tags.of(alarm).add("runbook", runbook);
        return alarm;
    }
}
