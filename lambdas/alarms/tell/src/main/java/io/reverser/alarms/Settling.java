package io.reverser.alarms;

import io.reverser.alarms.Turn.Doubt;
import io.reverser.slack.SlackRequest.Message;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Writes down what was said by somebody who could not. */
final class Settling {

    private final AlarmTable table;
    private final InstantSource clock;

    Settling(AlarmTable table, InstantSource clock) {
        this.table = table;
        this.clock = clock;
    }

    /** The message is there: what it says need not be said again. */
    void settle(Voice voice, Doubt doubt, Message message) {
        Instant now = clock.instant();
        List<Line> lines = table.lines(voice.turn().channel()).stream()
                .filter(line -> doubt.lines().contains(line.id()))
                .toList();
        if (doubt.mark().startsWith(Storm.DIGEST)) {
            voice.remember(voice.turn().with(Digest.begin(now).at(message.ts())));
        } else if (doubt.mark().startsWith(Storm.FOLD)) {
            Digest before = voice.turn()
                    .digest()
                    .orElseGet(() -> Digest.begin(now).at(doubt.thread().orElseThrow()));
            new Storm(table, clock).settle(voice, before.with(lines, doubt.mark(), now), lines);
        } else {
            lines.forEach(line -> settle(voice, doubt, message, line));
        }
    }

    private void settle(Voice voice, Doubt doubt, Message message, Line line) {
        String channel = voice.turn().channel();
        line.alarm().flatMap(alarm -> table.find(channel, alarm)).ifPresent(kept -> {
            if (doubt.thread().isEmpty() && line.kind() != Line.Kind.LATE) {
                table.show(channel, kept.episode(), kept.shown().at(message.ts(), line.mentions()));
            } else if (line.kind() == Line.Kind.BEGIN) {
                table.show(
                        channel,
                        kept.episode(),
                        kept.shown().below(doubt.thread().orElseThrow()));
            }
        });
        table.strike(channel, List.of(line.id()));
    }
}
