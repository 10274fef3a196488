package io.reverser.alarms.notifier.graph;

import io.reverser.alarms.notifier.cloudwatch.DeliveryMetrics;
import io.reverser.alarms.notifier.event.AlarmNotification.StateChange;
import io.reverser.alarms.notifier.message.AlarmMessages;
import io.reverser.alarms.notifier.outbox.AlarmRecord;
import io.reverser.alarms.notifier.outbox.AlarmTable;
import io.reverser.alarms.notifier.outbox.MessageState;
import io.reverser.alarms.notifier.publish.ChannelLock;
import io.reverser.slack.client.SlackClient;
import io.reverser.slack.client.SlackException;
import io.reverser.slack.request.SlackRequest.PostedMessage;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Attaches an alarm's graph to its message. The image file is first uploaded to the message's thread, so that all
 * members of the channel can see the file; the message shows the graph once Slack has processed the file. If any step
 * fails, the message stays unchanged.
 */
public final class GraphAttacher {

    private static final Logger LOG = Logger.getLogger(GraphAttacher.class);
    /** How many rate-limit intervals to wait until Slack has processed a file, and how often to poll per interval. */
    private static final int MAX_WAIT_INTERVALS = 5;

    private final AlarmTable table;
    private final GraphRenderer renderer;
    private final SlackClient slack;
    private final ChannelLock channelLock;
    private final InstantSource clock;
    private final Duration minInterval;
    private final DeliveryMetrics metrics;

    public GraphAttacher(
            AlarmTable table,
            GraphRenderer renderer,
            SlackClient slack,
            ChannelLock channelLock,
            InstantSource clock,
            Duration minInterval,
            DeliveryMetrics metrics) {
        this.table = table;
        this.renderer = renderer;
        this.slack = slack;
        this.channelLock = channelLock;
        this.clock = clock;
        this.minInterval = minInterval;
        this.metrics = metrics;
    }

    /** Renders, uploads and attaches the graph, unless the message already has it (idempotent). */
    public void attach(String channel, String alarmKey) {
        Optional<AlarmRecord> found = table.find(channel, alarmKey)
                .filter(alarm -> alarm.messageState().messageTs().isPresent())
                .filter(alarm -> !isAttached(alarm));
        if (found.isEmpty()) {
            return;
        }
        AlarmRecord alarm = found.get();
        try {
            List<String> files = upload(
                    alarm.change(),
                    new PostedMessage(channel, alarm.messageState().messageTs().orElseThrow()));
            boolean isReady = !files.isEmpty() && files.stream().allMatch(this::isReady);
            if (!isReady || !addToMessage(channel, alarm, files)) {
                metrics.count(DeliveryMetrics.DeliveryCounter.GRAPH_FAILED, 1);
            }
        } catch (SdkException | SlackException failure) {
            LOG.warnf("%s has no graph: %s", alarm.change().alarm().name(), failure.getMessage());
            metrics.count(DeliveryMetrics.DeliveryCounter.GRAPH_FAILED, 1);
        }
    }

    private static boolean isAttached(AlarmRecord alarm) {
        return alarm.messageState()
                .graphs()
                .filter(graphs -> !graphs.stateSince().isBefore(alarm.episode().since()))
                .isPresent();
    }

    private List<String> upload(StateChange change, PostedMessage thread) {
        var files = new ArrayList<String>();
        for (byte[] png : renderer.render(change)) {
            files.add(slack.files()
                    .upload(thread, "alarm.png", "Graph of " + change.alarm().name(), png));
        }
        return files;
    }

    private boolean isReady(String file) {
        long end = System.nanoTime() + minInterval.toNanos() * MAX_WAIT_INTERVALS;
        while (System.nanoTime() < end) {
            if (slack.files().isReady(file)) {
                return true;
            }
            try {
                Thread.sleep(minInterval.dividedBy(MAX_WAIT_INTERVALS));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return false;
    }

    private boolean addToMessage(String channel, AlarmRecord rendered, List<String> files) {
        return channelLock.withLease(channel, writer -> {
            Optional<AlarmRecord> alarm = table.find(channel, rendered.episode().alarmKey())
                    .filter(current -> current.messageState()
                            .messageTs()
                            .equals(rendered.messageState().messageTs()));
            alarm.ifPresent(current -> {
                AlarmRecord updated = current.with(current.messageState()
                        .with(new MessageState.Graphs(files, rendered.episode().since())));
                writer.update(
                        updated.messageState().messageTs().orElseThrow(),
                        AlarmMessages.alarm(updated, clock.instant()));
                table.saveMessageState(channel, updated.episode(), updated.messageState());
            });
        });
    }
}
