package io.reverser.bench.reconciliation;

import io.reverser.runtime.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Compares every state change of an alarm with the messages in Slack and in the notifier's dead-letter queue.
 *
 * @param changes the state changes in CloudWatch
 * @param messages all messages in the alarm channels
 */
public record AlarmReconciliation(
        List<StateChange> changes, List<AlarmMessage> messages, List<DeadLetter> deadLetters) {

    private static final String DIGEST_REPLY_KEY = "fold ";
    private static final String NOT_STORED_TEXT = "Posted without being stored";
    private static final Map<String, String> STATE_EMOJI = Map.of("ALARM", "🔴", "OK", "🟢", "INSUFFICIENT_DATA", "⚪");

    /** A state change of an alarm, with CloudWatch's time of the change, in milliseconds. */
    public record StateChange(String arn, String state, Instant at) {

        private String name() {
            return arn.substring(arn.lastIndexOf(':') + 1);
        }

        /**
         * The deduplication key, which the notifier writes into the metadata of the Slack message or reply about this
         * change.
         */
        String metadataKey() {
            Instant time = at.truncatedTo(ChronoUnit.MILLIS);
            byte[] key = "%s %s %s".formatted(arn, time, state).getBytes(StandardCharsets.UTF_8);
            return "1#%013d#%s".formatted(time.toEpochMilli(), HexFormat.of().formatHex(Sha256.hash(key), 0, 10));
        }

        /** The start of the line about this change in a storm's digest. */
        private String digestLine() {
            return "%s `%s` <!date^%d^".formatted(STATE_EMOJI.get(state), name(), at.getEpochSecond());
        }
    }

    /**
     * A Slack message.
     *
     * @param isTopLevel whether the message is not a reply in a thread
     */
    public record AlarmMessage(boolean isTopLevel, String text, String blocks, String metadata) {}

    /** An SNS notification in the notifier's dead-letter queue. */
    public record DeadLetter(String body, String reason) {}

    /**
     * How many superfluous posts about state changes exist; the notifier may post twice while the alarms table is
     * unavailable.
     */
    public long duplicates() {
        return changesByDigestLine().values().stream()
                .mapToLong(sameLine -> Math.max(0, publishedCount(sameLine) - sameLine.size()))
                .sum();
    }

    /** How many notifications are in the dead-letter queue with a reason. */
    public long deadLettered() {
        return deadLetters.stream()
                .filter(deadLetter -> !deadLetter.reason().isBlank())
                .count();
    }

    /** All state changes that were lost, and all dead letters without a reason. */
    public List<Discrepancy> discrepancies(ClockOffsets clockOffsets) {
        var discrepancies = new ArrayList<Discrepancy>();
        changesByDigestLine().values().forEach(sameLine -> {
            long found = publishedCount(sameLine)
                    + sameLine.stream().filter(this::isDeadLettered).count();
            if (found < sameLine.size()) {
                StateChange change = sameLine.getFirst();
                discrepancies.add(new Discrepancy(
                        "Alarm lost: %s became %s, and Slack shows that %d times instead of %d"
                                .formatted(change.name(), change.state(), found, sameLine.size()),
                        clockOffsets.fromSimulated(change.at())));
            }
        });
        deadLetters.stream()
                .filter(deadLetter -> deadLetter.reason().isBlank())
                .forEach(deadLetter -> discrepancies.add(new Discrepancy(
                        "Dead letter without a reason: " + deadLetter.body(),
                        clockOffsets.fromSimulated(changes.getLast().at()))));
        return discrepancies;
    }

    /**
     * All discrepancies at a time when all alarms are in state OK, so that no message may show a firing alarm.
     *
     * @param now the current time, when all alarms are OK
     */
    public List<Discrepancy> discrepanciesWhenAllOk(ClockOffsets clockOffsets, DualTimestamp now) {
        var discrepancies = new ArrayList<>(discrepancies(clockOffsets));
        messages.stream()
                .filter(message -> message.isTopLevel()
                        && message.text().contains("🔴")
                        && !message.blocks().contains(NOT_STORED_TEXT))
                .forEach(message -> discrepancies.add(
                        new Discrepancy("Update lost: all alarms are OK, but a message says: " + message.text(), now)));
        return discrepancies;
    }

    /** Lines of a digest show times in seconds, so changes within one second are counted together. */
    private Map<String, List<StateChange>> changesByDigestLine() {
        return changes.stream().collect(Collectors.groupingBy(StateChange::digestLine));
    }

    private long publishedCount(List<StateChange> sameLine) {
        long single = sameLine.stream()
                .map(StateChange::metadataKey)
                .mapToLong(key -> messages.stream()
                        .filter(message -> message.metadata().contains("\"" + key + "\""))
                        .count())
                .sum();
        return single
                + messages.stream()
                        .filter(message -> message.metadata().contains(DIGEST_REPLY_KEY))
                        .mapToLong(message -> occurrences(
                                message.blocks(), sameLine.getFirst().digestLine()))
                        .sum();
    }

    private boolean isDeadLettered(StateChange change) {
        return deadLetters.stream()
                .anyMatch(deadLetter -> !deadLetter.reason().isBlank()
                        && deadLetter.body().contains(change.name())
                        && deadLetter
                                .body()
                                .contains(change.at()
                                        .truncatedTo(ChronoUnit.MILLIS)
                                        .toString()
                                        .replace("Z", "")));
    }

    private static long occurrences(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1L;
    }
}
