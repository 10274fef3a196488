package io.reverser.bench.reconciliation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Every change of an alarm against what is in Slack and in the dead-letter queue.
 *
 * @param changes of all alarms, as CloudWatch had them
 * @param messages everything that is in the channels of alarms
 */
public record AlarmReconciliation(
        List<StateChange> changes, List<AlarmMessage> messages, List<DeadLetter> deadLetters) {

    private static final String DIGEST_REPLY_KEY = "fold ";
    private static final String NOT_STORED_TEXT = "without having been written down";
    private static final Map<String, String> STATE_EMOJI = Map.of("ALARM", "🔴", "OK", "🟢", "INSUFFICIENT_DATA", "⚪");

    /** An alarm, its state, and when it became that; milliseconds count. */
    public record StateChange(String arn, String state, Instant at) {

        private String name() {
            return arn.substring(arn.lastIndexOf(':') + 1);
        }

        /** What Slack keeps beside the message or the line that tells this change, unseen. */
        String metadataKey() {
            Instant time = at.truncatedTo(ChronoUnit.MILLIS);
            byte[] key = "%s %s %s".formatted(arn, time, state).getBytes(StandardCharsets.UTF_8);
            return "1#%013d#%s".formatted(time.toEpochMilli(), HexFormat.of().formatHex(sha256(key), 0, 10));
        }

        /** How a line of a storm begins that tells it. */
        private String digestLine() {
            return "%s `%s` <!date^%d^".formatted(STATE_EMOJI.get(state), name(), at.getEpochSecond());
        }
    }

    /**
     * A message.
     *
     * @param isTopLevel whether it stands in no thread
     */
    public record AlarmMessage(boolean isTopLevel, String text, String blocks, String metadata) {}

    /** A notification that could not be delivered. */
    public record DeadLetter(String body, String reason) {}

    /** How many changes are said more than once; that may be where the table could not be reached. */
    public long duplicates() {
        return changesByDigestLine().values().stream()
                .mapToLong(sameLine -> Math.max(0, publishedCount(sameLine) - sameLine.size()))
                .sum();
    }

    /** How many changes are in the dead-letter queue with a reason. */
    public long deadLettered() {
        return deadLetters.stream()
                .filter(deadLetter -> !deadLetter.reason().isBlank())
                .count();
    }

    /** Everything that is wrong. */
    public List<Discrepancy> discrepancies(ClockOffsets clockOffsets) {
        var discrepancies = new ArrayList<Discrepancy>();
        changesByDigestLine().values().forEach(sameLine -> {
            long found = publishedCount(sameLine)
                    + sameLine.stream().filter(this::isDeadLettered).count();
            if (found < sameLine.size()) {
                StateChange change = sameLine.getFirst();
                discrepancies.add(new Discrepancy(
                        "Alarm lost: %s became %s, and Slack says so %d times of %d"
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
     * The same when all alarms are fine: then no message may say that one rings.
     *
     * @param now when that was
     */
    public List<Discrepancy> discrepanciesWhenAllOk(ClockOffsets clockOffsets, DualTimestamp now) {
        var discrepancies = new ArrayList<>(discrepancies(clockOffsets));
        messages.stream()
                .filter(message -> message.isTopLevel()
                        && message.text().contains("🔴")
                        && !message.blocks().contains(NOT_STORED_TEXT))
                .forEach(message -> discrepancies.add(
                        new Discrepancy("Update lost: all is fine, and a message says: " + message.text(), now)));
        return discrepancies;
    }

    /** A line of a storm tells the second only, so changes of one second are counted together. */
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

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
