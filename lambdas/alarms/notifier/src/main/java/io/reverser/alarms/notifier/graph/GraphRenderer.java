package io.reverser.alarms.notifier.graph;

import io.reverser.alarms.notifier.cloudwatch.CloudWatchRegions;
import io.reverser.alarms.notifier.event.AlarmId;
import io.reverser.alarms.notifier.event.AlarmKind.Composite;
import io.reverser.alarms.notifier.event.AlarmNotification.StateChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;

/** Renders graphs of alarms with CloudWatch, in the region of the alarm. */
public class GraphRenderer {

    private static final int MAX_GRAPHS = 3;

    private final CloudWatchRegions cloudWatch;

    public GraphRenderer(CloudWatchRegions cloudWatch) {
        this.cloudWatch = cloudWatch;
    }

    /**
     * The graph of an alarm, or at most three graphs of the alarms that made a composite alarm fire.
     *
     * @return the graphs as PNG images
     */
    List<byte[]> render(StateChange change) {
        CloudWatchClient client = cloudWatch.clientFor(change.alarm());
        List<String> widgets = change.kind() instanceof Composite composite
                ? childWidgets(client, change, composite)
                : MetricWidgetJson.of(change).stream().toList();
        var images = new ArrayList<byte[]>();
        for (String widget : widgets) {
            images.add(client.getMetricWidgetImage(request -> request.metricWidget(widget))
                    .metricWidgetImage()
                    .asByteArray());
        }
        return images;
    }

    private static List<String> childWidgets(CloudWatchClient client, StateChange change, Composite composite) {
        List<String> names = composite.inAlarm().stream()
                .map(AlarmId::name)
                .limit(MAX_GRAPHS)
                .toList();
        if (names.isEmpty()) {
            return List.of();
        }
        return client.describeAlarms(request -> request.alarmNames(names)).metricAlarms().stream()
                .map(alarm -> DescribedAlarm.toStateChange(change.alarm().withName(name(alarm)), alarm, change.at()))
                .map(MetricWidgetJson::of)
                .flatMap(Optional::stream)
                .toList();
    }

    private static String name(MetricAlarm alarm) {
        return alarm.alarmName();
    }
}
