package io.reverser.alarms;

import io.reverser.alarms.Delivery.Message;
import io.reverser.aws.AwsFailure;
import io.reverser.slack.SlackFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Takes what Lambda hands over: news to be told, and work. */
class Desk {

    private static final Logger LOG = Logger.getLogger(Desk.class);
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final int MOST_TRIES = 5;

    private final Parts parts;

    Desk(Parts parts) {
        this.parts = parts;
    }

    /** What it works with. */
    record Parts(
            Telling telling,
            Illustration illustration,
            Clicks clicks,
            Exits exits,
            Queues queues,
            Voice.Pace pace,
            Metrics metrics) {}

    /**
     * Takes messages.
     *
     * @param time in which to be done
     * @return what is to be handed out again
     */
    List<Message> take(List<Message> messages, Duration time) {
        Instant now = parts.pace().clock().instant();
        Instant until =
                now.plus(time.compareTo(LONGEST) > 0 ? LONGEST : time.compareTo(SHORTEST) < 0 ? SHORTEST : time);
        Map<Boolean, List<Message>> sorted = messages.stream()
                .collect(Collectors.partitioningBy(message -> parts.queues().isWork(message.queue())));
        var again = new ArrayList<Message>();
        List<Message> news = sorted.getOrDefault(false, List.of());
        if (!news.isEmpty()) {
            again.addAll(parts.telling().tell(news, until, now));
        }
        for (Message work : sorted.getOrDefault(true, List.of())) {
            if (!isDone(work, until)) {
                parts.exits().hide(work, SHORTEST);
                again.add(work);
            }
        }
        parts.metrics().report(now);
        if (again.stream().anyMatch(message -> !message.isQueued())) {
            throw new IllegalStateException("Not told yet; whoever invoked this tries again");
        }
        return again;
    }

    /** Work that fails again and again is let go: no change of an alarm is lost with it. */
    private boolean isDone(Message message, Instant until) {
        try {
            return switch (Work.read(message.body())) {
                case Work.Picture(String channel, String alarm) -> {
                    parts.illustration().draw(channel, alarm);
                    yield true;
                }
                case Work.GoOn(String channel) -> {
                    parts.telling().tell(channel, until);
                    yield true;
                }
                case Work.Click click -> parts.clicks().take(click);
                case Work.Unknown unknown -> {
                    LOG.error("Work that nobody knows is let go");
                    yield true;
                }
            };
        } catch (AwsFailure | SlackFailure failure) {
            LOG.warnf("Work failed: %s", failure.getMessage());
            return message.receives() >= MOST_TRIES;
        }
    }
}
