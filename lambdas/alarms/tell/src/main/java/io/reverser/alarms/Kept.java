package io.reverser.alarms;

import java.util.Map;

/**
 * An alarm as the table has it.
 *
 * @param body the change that made it what it is, as it arrived
 * @param tags that were looked up
 * @param version counts its changes from 1; a change is only taken from who saw the latest
 */
record Kept(Episode episode, String body, Map<String, String> tags, Shown shown, long version) {

    Kept {
        tags = Map.copyOf(tags);
    }

    Notice.Change change() {
        return ((Notice.Change) NoticeReader.read(body).getFirst()).with(tags);
    }

    Kept with(Shown newer) {
        return new Kept(episode, body, tags, newer, version);
    }

    /** What it became. */
    Kept now(Episode next, String itsBody, Map<String, String> itsTags) {
        return new Kept(next, itsBody, itsTags, shown, version + 1);
    }

    /** The same without a change that nobody could be told of. */
    Kept with(Episode other) {
        return new Kept(other, body, tags, shown, version + 1);
    }
}
