package io.reverser.alarms;

import io.reverser.alarms.Notice.Change;
import io.reverser.alarms.Watched.Alarms;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;

/** Has CloudWatch draw alarms, in their own regions. */
class Painter {

    private static final int MOST = 3;

    private final CloudWatchRegions cloudWatch;

    Painter(CloudWatchRegions cloudWatch) {
        this.cloudWatch = cloudWatch;
    }

    /**
     * The graph of an alarm, or those of the alarms that make a composite one ring, at most three.
     *
     * @return PNGs
     */
    List<byte[]> draw(Change change) {
        CloudWatchClient client = cloudWatch.in(change.alarm().region());
        List<String> widgets = change.watched() instanceof Alarms alarms
                ? children(client, change, alarms)
                : Widgets.of(change).stream().toList();
        var pictures = new ArrayList<byte[]>();
        for (String widget : widgets) {
            pictures.add(client.getMetricWidgetImage(request -> request.metricWidget(widget))
                    .metricWidgetImage()
                    .asByteArray());
        }
        return pictures;
    }

    private static List<String> children(CloudWatchClient client, Change change, Alarms alarms) {
        List<String> names =
                alarms.ringing().stream().map(AlarmId::name).limit(MOST).toList();
        if (names.isEmpty()) {
            return List.of();
        }
        return client.describeAlarms(request -> request.alarmNames(names)).metricAlarms().stream()
                .map(alarm -> DescribedAlarm.change(change.alarm().named(name(alarm)), alarm, change.at()))
                .map(Widgets::of)
                .flatMap(Optional::stream)
                .toList();
    }

    private static String name(MetricAlarm alarm) {
        return alarm.alarmName();
    }
}
