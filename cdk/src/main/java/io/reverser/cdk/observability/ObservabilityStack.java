package io.reverser.cdk.observability;

import io.reverser.cdk.names.PhysicalNames;
import io.reverser.cdk.settings.Settings;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.constructs.Construct;

/** The alarms, their topics, and the dashboard. */
public final class ObservabilityStack extends Stack {

    /** Creates all alarms of an environment. */
    public ObservabilityStack(
            Construct scope,
            String id,
            StackProps properties,
            Settings settings,
            String databaseClusterId,
            String accessDeadLetterQueueName,
            String slackApiId) {
        super(scope, id, properties);
        var containers = new ContainerMetrics(settings.cluster().name());
        var database = new DatabaseMetrics(databaseClusterId);
        var names = new PhysicalNames(settings);
        var accessAlarms = new AccessAlarms(names, accessDeadLetterQueueName, slackApiId);
        var rotationAlarms = new RotationAlarms(settings);
        var topics = new AlarmTopic(this, settings);
        var factory = new AlarmFactory(this, settings);
        var slackAlarms = Stream.of(
                        ClusterAlarms.definitions(containers),
                        DatabaseAlarms.definitions(database),
                        accessAlarms.definitions(),
                        rotationAlarms.definitions())
                .flatMap(List::stream)
                .map(definition -> factory.create(definition, topics.slackTopic()));
        var emailAlarms = AlertingPipelineAlarms.definitions(names).stream()
                .map(definition -> factory.create(definition, topics.emailTopic()));
        var all = Stream.concat(slackAlarms, emailAlarms).toList();
        new PlatformDashboard(this, settings, containers, database, all);
    }
}
