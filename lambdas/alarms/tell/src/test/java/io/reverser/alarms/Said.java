package io.reverser.alarms;

import io.reverser.alarms.Notice.Change;
import io.reverser.slack.SlackMessage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What people read when something arrives for the first time. */
final class Said {

    private Said() {}

    static List<SlackMessage> of(String payload) {
        return NoticeReader.read(payload).stream()
                .map(notice -> of(notice, payload))
                .toList();
    }

    /** The line that tells it first. */
    static Line line(String payload) {
        return line(NoticeReader.read(payload).getFirst(), payload);
    }

    private static Line line(Notice notice, String payload) {
        return new Line(
                Line.id(notice, payload),
                Line.Kind.BEGIN,
                Optional.empty(),
                payload,
                Map.of(),
                false,
                List.of(),
                Instant.EPOCH,
                Optional.empty());
    }

    private static SlackMessage of(Notice notice, String payload) {
        return notice instanceof Change change
                ? Wording.alarm(new Kept(Episode.begin(change), payload, Map.of(), Shown.NOTHING, 1), Instant.EPOCH)
                : Wording.plain(line(notice, payload));
    }
}
