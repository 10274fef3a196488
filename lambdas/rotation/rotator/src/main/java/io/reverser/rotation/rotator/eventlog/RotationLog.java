package io.reverser.rotation.rotator.eventlog;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.rotation.rotator.admission.Admission;
import io.reverser.rotation.rotator.kubernetes.ClusterBaseline;
import io.reverser.rotation.rotator.secret.RotationStep;
import io.reverser.rotation.rotator.secret.SecretState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * The append-only log of rotations. Each entry is written once, in one transaction with its outbox entry for Slack. The
 * entries are a rotation's state, audit trail and Slack thread.
 */
public final class RotationLog {

    private static final Duration RETENTION = Duration.ofDays(400);

    private final RotationLogTable table;
    private final String environment;
    private final InstantSource clock;
    private final RotationMetrics metrics;

    public RotationLog(RotationLogTable table, String environment, InstantSource clock, RotationMetrics metrics) {
        this.table = table;
        this.environment = environment;
        this.clock = clock;
        this.metrics = metrics;
    }

    public Instant now() {
        return clock.instant();
    }

    public boolean hasElapsed(Duration time, Instant since) {
        return !now().isBefore(since.plus(time));
    }

    public Optional<Rotation> findLatestRotation() {
        return table.find(latestKey())
                .map(item -> new Rotation(
                        text(item, "newVersion"),
                        text(item, "oldVersion"),
                        Instant.parse(text(item, "lastRotatedAt")),
                        text(item, "windowId"),
                        ClusterBaseline.parse(text(item, "syncVersion"), text(item, "templateHashes")),
                        Instant.parse(text(item, "startedAt")),
                        findEntries(text(item, "newVersion"))));
    }

    /**
     * Starts a rotation, unless another one is in progress. Idempotent.
     *
     * @param token the new version of the secret
     * @param state the state of the secret before the rotation
     * @param baseline the state of the cluster before the rotation
     * @return whether the rotation has started, by this call or an earlier one
     */
    public boolean start(String token, SecretState state, Admission.Admitted admitted, ClusterBaseline baseline) {
        Instant now = now();
        Instant lastRotatedAt = Rotation.lastRotatedAt(findLatestRotation(), state);
        var rotation = withTexts(
                latestKey(),
                Map.ofEntries(
                        entry("newVersion", token),
                        entry("oldVersion", state.currentVersion()),
                        entry("lastRotatedAt", lastRotatedAt.toString()),
                        entry("windowId", admitted.windowId()),
                        entry("syncVersion", baseline.syncVersion()),
                        entry("templateHashes", baseline.templateHashText()),
                        entry("startedAt", now.toString()),
                        entry("finished", "no")));
        List<RotationLogEntry> entries = new ArrayList<>(
                List.of(RotationLogEntry.of(token, RotationEventType.STARTED, now, admitted.trigger())));
        if (isBlocked(admitted.windowId())) {
            entries.add(RotationLogEntry.of(admitted.windowId(), RotationEventType.UNBLOCKED, now, ""));
        }
        TransactWriteItem start =
                table.newPutIfAbsentOr("finished = :yes", Map.of(":yes", AttributeValue.fromS("yes")), rotation);
        return commit(Stream.of(start), entries)
                || findLatestRotation()
                        .filter(latest -> latest.newVersion().equals(token) && !latest.isFinished())
                        .isPresent();
    }

    /**
     * Appends an entry, unless the log already contains it.
     *
     * @return false when the log already contained the entry
     */
    public boolean append(String subject, RotationEventType type, String message) {
        return commit(Stream.empty(), List.of(RotationLogEntry.of(subject, type, now(), message)));
    }

    /** Appends the failure of a step; only the first failure of each step is recorded. */
    public void appendStepFailure(String token, RotationStep step, String why) {
        commit(Stream.empty(), List.of(RotationLogEntry.stepFailed(token, step, now(), why)));
    }

    /** Appends an entry that ends a rotation. After the end of the latest rotation, another one may start. */
    public boolean appendEnd(String token, RotationEventType type, String message) {
        var entries = List.of(RotationLogEntry.of(token, type, now(), message));
        TransactWriteItem finish = table.newUpdateIf(
                "newVersion = :token",
                latestKey(),
                "SET finished = :yes",
                Map.of(":token", AttributeValue.fromS(token), ":yes", AttributeValue.fromS("yes")));
        return commit(Stream.of(finish), entries) || commit(Stream.empty(), entries);
    }

    /** The outbox: entries that are not in Slack yet, oldest first. */
    public List<RotationLogEntry> findUnpublished() {
        return table.query(environment + "!outbox").stream()
                .map(RotationLog::parse)
                .sorted(RotationLogEntry.CHRONOLOGICAL)
                .toList();
    }

    /** Deletes an entry from the outbox; the entry stays in the log. */
    public void markPublished(RotationLogEntry entry) {
        table.delete(outboxKey(entry));
    }

    /** All log entries about a subject, which is a rotation, a window or a version of the secret. */
    public List<RotationLogEntry> findEntries(String subject) {
        return table.query(environment, subject + "#").stream()
                .map(RotationLog::parse)
                .toList();
    }

    /** The timestamp of the Slack message about a subject: a rotation, a window or a version of the secret. */
    public Optional<String> findThread(String subject) {
        return table.find(threadKey(subject)).map(item -> text(item, "ts"));
    }

    public void saveThread(String subject, String ts) {
        table.put(withTtl(threadKey(subject), Map.of("ts", ts)));
    }

    /** Whether the log says that the rotation is blocked, and not yet that it is unblocked. */
    private boolean isBlocked(String subject) {
        Set<RotationEventType> types =
                findEntries(subject).stream().map(RotationLogEntry::type).collect(Collectors.toSet());
        return types.contains(RotationEventType.BLOCKED) && !types.contains(RotationEventType.UNBLOCKED);
    }

    private boolean commit(Stream<TransactWriteItem> write, List<RotationLogEntry> entries) {
        boolean isNew = table.commit(Stream.concat(
                        write,
                        entries.stream()
                                .flatMap(entry -> Stream.of(
                                        table.newPutIfAbsent(withEntry(entryKey(entry), entry)),
                                        table.newPut(withEntry(outboxKey(entry), entry)))))
                .toList());
        if (isNew) {
            entries.forEach(entry -> {
                System.out.println(auditRecord(entry));
                metrics.recordEvent(entry.type());
            });
        }
        return isNew;
    }

    /** An audit record in the format that all functions share. */
    private ObjectNode auditRecord(RotationLogEntry entry) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.putObject("audit")
                .put("at", entry.at().toString())
                .put("subject", entry.subject())
                .put("actor", "platform")
                .put("action", "ROTATE")
                .put("outcome", entry.type().name())
                .putObject("details")
                .put("environment", environment)
                .put("message", entry.message());
        return line;
    }

    private Map<String, AttributeValue> latestKey() {
        return RotationLogTable.key(environment, "latest");
    }

    private Map<String, AttributeValue> threadKey(String subject) {
        return RotationLogTable.key(environment, "thread#" + subject);
    }

    private Map<String, AttributeValue> entryKey(RotationLogEntry entry) {
        return RotationLogTable.key(environment, entry.subject() + "#" + entry.key());
    }

    private Map<String, AttributeValue> outboxKey(RotationLogEntry entry) {
        return RotationLogTable.key(
                environment + "!outbox",
                "%013d#%s#%s".formatted(entry.at().toEpochMilli(), entry.subject(), entry.key()));
    }

    private Map<String, AttributeValue> withEntry(Map<String, AttributeValue> key, RotationLogEntry entry) {
        return withTtl(
                key,
                Map.ofEntries(
                        entry("subject", entry.subject()),
                        entry("key", entry.key()),
                        entry("type", entry.type().name()),
                        entry("at", entry.at().toString()),
                        entry("message", entry.message())));
    }

    private static RotationLogEntry parse(Map<String, AttributeValue> item) {
        return new RotationLogEntry(
                text(item, "subject"),
                text(item, "key"),
                RotationEventType.valueOf(text(item, "type")),
                Instant.parse(text(item, "at")),
                text(item, "message"));
    }

    private static String text(Map<String, AttributeValue> item, String attribute) {
        return Objects.requireNonNull(item.get(attribute), attribute).s();
    }

    private Map<String, AttributeValue> withTtl(Map<String, AttributeValue> key, Map<String, String> texts) {
        var item = withTexts(key, texts);
        item.put(
                "expires",
                AttributeValue.fromN(Long.toString(now().plus(RETENTION).getEpochSecond())));
        return item;
    }

    private static Map<String, AttributeValue> withTexts(Map<String, AttributeValue> key, Map<String, String> texts) {
        var item = new HashMap<>(key);
        texts.forEach((attribute, text) -> item.put(attribute, AttributeValue.fromS(text)));
        return item;
    }
}
