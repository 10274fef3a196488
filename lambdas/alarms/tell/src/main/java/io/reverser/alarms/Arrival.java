package io.reverser.alarms;

import io.reverser.alarms.Notice.Change;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Something that arrived, with what is known about it besides.
 *
 * @param body as it arrived
 * @param tags that were looked up
 * @param mentions who is to be called
 */
record Arrival(String body, Notice notice, Map<String, String> tags, List<String> mentions) {

    Arrival {
        tags = Map.copyOf(tags);
        mentions = List.copyOf(mentions);
    }

    /** The same for others. */
    Arrival calling(List<String> somebody) {
        return new Arrival(body, notice, tags, somebody);
    }

    Optional<String> alarm() {
        return notice instanceof Change change ? Optional.of(change.alarm().key()) : Optional.empty();
    }
}
