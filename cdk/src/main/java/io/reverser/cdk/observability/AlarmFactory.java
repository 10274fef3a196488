package io.reverser.cdk.observability;

import io.reverser.cdk.settings.Settings;
import software.amazon.awscdk.Tags;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.sns.Topic;
import software.constructs.Construct;

/** Creates alarms: each notifies when it fires and when it is resolved, and has tags for severity and runbook. */
final class AlarmFactory extends Construct {

    private final Settings settings;

    AlarmFactory(Construct scope, Settings settings) {
        super(scope, "Alarms");
        this.settings = settings;
    }

    Alarm create(AlarmDefinition definition, Topic topic) {
        var action = new SnsAction(topic);
        String runbook = "https://github.com/%s/blob/%s/docs/runbooks/%s.md"
                .formatted(settings.delivery().repository(), settings.delivery().branch(), definition.name());
        var alarm = Alarm.Builder.create(this, definition.name())
                .alarmName(settings.name() + "-" + definition.name())
                .alarmDescription(definition.summary() + ". Runbook: " + runbook)
                .metric(definition.metric())
                .comparisonOperator(definition.threshold().operator())
                .threshold(definition.threshold().value())
                .evaluationPeriods(definition.threshold().periods())
                .treatMissingData(definition.missingData())
                .build();
        alarm.addAlarmAction(action);
        alarm.addOkAction(action);
        Tags.of(alarm).add("severity", definition.severity().tag());
        Tags.of(alarm).add("runbook", runbook);
        return alarm;
    }
}
