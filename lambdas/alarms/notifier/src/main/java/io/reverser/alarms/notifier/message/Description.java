package io.reverser.alarms.notifier.message;

import io.reverser.alarms.notifier.event.AlarmNotification.StateChange;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of an alarm's description.
 *
 * @param title the first sentence of the description, or else the alarm's name
 * @param rest the text after the title
 * @param runbook a URL, from the tag {@code runbook} or from the description
 */
record Description(String title, Optional<String> rest, Optional<String> runbook) {

    private static final Pattern RUNBOOK = Pattern.compile("(?i)(?:\\s*runbook:?\\s*|^)(https?://\\S+)\\s*");
    private static final Pattern SENTENCE = Pattern.compile("(?s)(.{3,140}?)(?:[.!?](?:\\s+|$)|\\R|$)(.*)");

    static Description parse(StateChange change) {
        String text = change.description().orElse("");
        Matcher found = RUNBOOK.matcher(text);
        Optional<String> runbook = Optional.ofNullable(change.tags().get("runbook"))
                .filter(tag -> tag.startsWith("https://") || tag.startsWith("http://"))
                .or(() -> found.find() ? Optional.of(found.group(1)) : Optional.empty());
        String words = RUNBOOK.matcher(text).replaceAll(" ").strip();
        Matcher sentence = SENTENCE.matcher(words);
        if (!sentence.matches()) {
            return new Description(change.alarm().name(), Optional.of(words).filter(left -> !left.isEmpty()), runbook);
        }
        String rest = sentence.group(2).strip();
        return new Description(sentence.group(1).strip(), Optional.of(rest).filter(left -> !left.isEmpty()), runbook);
    }
}
