package io.reverser.alarms;

import io.reverser.alarms.Notice.Change;
import io.reverser.slack.Slack;
import io.reverser.slack.SlackFailure;
import io.reverser.slack.SlackRequest.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Puts an alarm's graph into its message. It goes into the thread first, where everybody sees it; the message shows it too as
 * soon as Slack knows what it is. If any of that fails, the message stands as it is.
 */
final class Illustration {

    private static final Logger LOG = Logger.getLogger(Illustration.class);
    /** For how many turns Slack may think about a file, and how often it is asked in each. */
    private static final int PATIENCE = 5;

    private final AlarmTable table;
    private final Painter painter;
    private final Slack slack;
    private final Floor floor;
    private final Metrics metrics;

    Illustration(AlarmTable table, Painter painter, Slack slack, Floor floor, Metrics metrics) {
        this.table = table;
        this.painter = painter;
        this.slack = slack;
        this.floor = floor;
        this.metrics = metrics;
    }

    /** Draws, uploads and shows it, unless that was done. */
    void draw(String channel, String alarm) {
        Optional<Kept> found = table.find(channel, alarm)
                .filter(kept -> kept.shown().message().isPresent())
                .filter(kept -> !isShown(kept));
        if (found.isEmpty()) {
            return;
        }
        Kept kept = found.get();
        try {
            List<String> files = upload(
                    kept.change(), new Message(channel, kept.shown().message().orElseThrow()));
            boolean isReady = !files.isEmpty() && files.stream().allMatch(this::isReady);
            if (!isReady || !show(channel, kept, files)) {
                metrics.count(Metrics.Count.UNDRAWN, 1);
            }
        } catch (SdkException | SlackFailure failure) {
            LOG.warnf("%s has no picture: %s", kept.change().alarm().name(), failure.getMessage());
            metrics.count(Metrics.Count.UNDRAWN, 1);
        }
    }

    private static boolean isShown(Kept kept) {
        return kept.shown()
                .pictures()
                .filter(pictures -> !pictures.of().isBefore(kept.episode().since()))
                .isPresent();
    }

    private List<String> upload(Change change, Message thread) {
        var files = new ArrayList<String>();
        for (byte[] png : painter.draw(change)) {
            files.add(slack.files()
                    .upload(thread, "alarm.png", "Graph of " + change.alarm().name(), png));
        }
        return files;
    }

    private boolean isReady(String file) {
        long end = System.nanoTime() + floor.pace().toNanos() * PATIENCE;
        while (System.nanoTime() < end) {
            if (slack.files().isReady(file)) {
                return true;
            }
            try {
                Thread.sleep(floor.pace().dividedBy(PATIENCE));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return false;
    }

    private boolean show(String channel, Kept drawn, List<String> files) {
        return floor.with(channel, voice -> {
            Optional<Kept> kept = table.find(channel, drawn.episode().alarm())
                    .filter(now -> now.shown().message().equals(drawn.shown().message()));
            kept.ifPresent(now -> {
                Kept with = now.with(now.shown()
                        .with(new Shown.Pictures(files, drawn.episode().since())));
                voice.update(with.shown().message().orElseThrow(), Wording.alarm(with, floor.now()));
                table.show(channel, with.episode(), with.shown());
            });
        });
    }
}
