package io.reverser.bench.account;

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
 * @param posts everything that is in the channels of alarms
 */
public record AlarmBook(List<Change> changes, List<Post> posts, List<Letter> letters) {

    private static final String FOLD = "fold ";
    private static final String UNWRITTEN = "without having been written down";
    private static final Map<String, String> SIGNS = Map.of("ALARM", "🔴", "OK", "🟢", "INSUFFICIENT_DATA", "⚪");

    /** An alarm, its state, and when it became that; milliseconds count. */
    public record Change(String arn, String state, Instant at) {

        private String name() {
            return arn.substring(arn.lastIndexOf(':') + 1);
        }

        /** What Slack keeps beside the message or the line that tells this change, unseen. */
        String mark() {
            Instant time = at.truncatedTo(ChronoUnit.MILLIS);
            byte[] key = "%s %s %s".formatted(arn, time, state).getBytes(StandardCharsets.UTF_8);
            return "1#%013d#%s".formatted(time.toEpochMilli(), HexFormat.of().formatHex(sha256(key), 0, 10));
        }

        /** How a line of a storm begins that tells it. */
        private String line() {
            return "%s `%s` <!date^%d^".formatted(SIGNS.get(state), name(), at.getEpochSecond());
        }
    }

    /**
     * A message.
     *
     * @param isMain whether it stands in no thread
     */
    public record Post(boolean isMain, String text, String blocks, String metadata) {}

    /** What nobody could be told. */
    public record Letter(String body, String reason) {}

    /** How many changes are said more than once; that may be where the table could not be reached. */
    public long repeated() {
        return lines().values().stream()
                .mapToLong(alike -> Math.max(0, told(alike) - alike.size()))
                .sum();
    }

    /** How many changes are in the dead-letter queue with a reason. */
    public long buried() {
        return letters.stream().filter(letter -> !letter.reason().isBlank()).count();
    }

    /** Everything that is wrong. */
    public List<Loss> losses(Clocks clocks) {
        var losses = new ArrayList<Loss>();
        lines().values().forEach(alike -> {
            long found = told(alike) + alike.stream().filter(this::isBuried).count();
            if (found < alike.size()) {
                Change change = alike.getFirst();
                losses.add(new Loss(
                        "Alarm lost: %s became %s, and Slack says so %d times of %d"
                                .formatted(change.name(), change.state(), found, alike.size()),
                        clocks.simulated(change.at())));
            }
        });
        letters.stream()
                .filter(letter -> letter.reason().isBlank())
                .forEach(letter -> losses.add(new Loss(
                        "Dead letter without a reason: " + letter.body(),
                        clocks.simulated(changes.getLast().at()))));
        return losses;
    }

    /**
     * The same when all alarms are fine: then no message may say that one rings.
     *
     * @param now when that was
     */
    public List<Loss> lossesWhenFine(Clocks clocks, Moment now) {
        var losses = new ArrayList<>(losses(clocks));
        posts.stream()
                .filter(post -> post.isMain()
                        && post.text().contains("🔴")
                        && !post.blocks().contains(UNWRITTEN))
                .forEach(post ->
                        losses.add(new Loss("Update lost: all is fine, and a message says: " + post.text(), now)));
        return losses;
    }

    /** A line of a storm tells the second only, so changes of one second are counted together. */
    private Map<String, List<Change>> lines() {
        return changes.stream().collect(Collectors.groupingBy(Change::line));
    }

    private long told(List<Change> alike) {
        long marked = alike.stream()
                .map(Change::mark)
                .mapToLong(mark -> posts.stream()
                        .filter(post -> post.metadata().contains("\"" + mark + "\""))
                        .count())
                .sum();
        return marked
                + posts.stream()
                        .filter(post -> post.metadata().contains(FOLD))
                        .mapToLong(post -> count(post.blocks(), alike.getFirst().line()))
                        .sum();
    }

    private boolean isBuried(Change change) {
        return letters.stream()
                .anyMatch(letter -> !letter.reason().isBlank()
                        && letter.body().contains(change.name())
                        && letter.body()
                                .contains(change.at()
                                        .truncatedTo(ChronoUnit.MILLIS)
                                        .toString()
                                        .replace("Z", "")));
    }

    private static long count(String text, String part) {
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
