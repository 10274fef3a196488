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
    public record Watched(String databaseCluster, String undeliveredQueue, String api) {}

    /** All alarms of an environment. */
    public ObservabilityStack(Construct scope, String id, StackProps properties, Settings settings, Watched watched) {
        super(scope, id, properties);
        var containers = new ContainerMetrics(settings.cluster().name());
        var database = new DatabaseMetrics(watched.databaseCluster());
        var functions = new FunctionRules(settings.name(), watched.undeliveredQueue(), watched.api());
        var rotation = new RotationRules(settings.name(), settings.rotation().promise());
        var topics = new AlarmTopic(this, settings);
        var alarms = new Alarms(this, settings);
        var toSlack = Stream.of(
                        ClusterRules.of(containers), DatabaseRules.of(database), functions.all(), rotation.all())
                .flatMap(List::stream)
                .map(rule -> alarms.make(rule, topics.slack()));
        var byMail = AlarmRules.of(settings.name()).stream().map(rule -> alarms.make(rule, topics.mail()));
        var all = Stream.concat(toSlack, byMail).toList();
        new PlatformDashboard(this, settings, containers, database, all);
    }
}
