package io.reverser.cdk.observability;

import io.reverser.cdk.settings.Settings;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.constructs.Construct;

/** The alarms, the topic that they go to, and the dashboard. */
public final class ObservabilityStack extends Stack {

    /** What it looks at elsewhere. */
    public record MonitoredResources(String databaseCluster, String accessDeadLetterQueueName, String slackApiId) {}

    /** All alarms of an environment. */
    public ObservabilityStack(
            Construct scope, String id, StackProps properties, Settings settings, MonitoredResources monitored) {
        super(scope, id, properties);
        var containers = new ContainerMetrics(settings.cluster().name());
        var database = new DatabaseMetrics(monitored.databaseCluster());
        var accessAlarms =
                new AccessAlarms(settings.name(), monitored.accessDeadLetterQueueName(), monitored.slackApiId());
        var rotationAlarms =
                new RotationAlarms(settings.name(), settings.rotation().maxAge());
        var topics = new AlarmTopic(this, settings);
        var factory = new AlarmFactory(this, settings);
        var slackAlarms = Stream.of(
                        ClusterAlarms.definitions(containers),
                        DatabaseAlarms.definitions(database),
                        accessAlarms.definitions(),
                        rotationAlarms.definitions())
                .flatMap(List::stream)
                .map(definition -> factory.create(definition, topics.slackTopic()));
        var emailAlarms = AlertingPipelineAlarms.definitions(settings.name()).stream()
                .map(definition -> factory.create(definition, topics.emailTopic()));
        var all = Stream.concat(slackAlarms, emailAlarms).toList();
        new PlatformDashboard(this, settings, containers, database, all);
    }
}
