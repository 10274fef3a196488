package io.reverser.rotation.rotator.eventlog;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.awsjsonclient.DynamoDbItem;
import io.reverser.rotation.rotator.admission.Admission;
import io.reverser.rotation.rotator.eventlog.RotationLogTable.Transaction;
import io.reverser.rotation.rotator.kubernetes.ClusterBaseline;
import io.reverser.rotation.rotator.secret.RotationStep;
import io.reverser.rotation.rotator.secret.SecretState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What happened. An entry is written once, and together with a copy that stays until it was published in Slack: the entries are
 * the state of a rotation, its audit record and its Slack thread at once.
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

    /** Whether so much time has passed since then. */
    public boolean hasElapsed(Duration time, Instant since) {
        return !now().isBefore(since.plus(time));
    }

    /** The rotation that began last. */
    public Optional<Rotation> findLatestRotation() {
        return table.get(latestKey())
                .map(item -> new Rotation(
                        item.string("newVersion"),
                        item.string("oldVersion"),
                        Instant.parse(item.string("lastRotatedAt")),
                        item.string("windowId"),
                        ClusterBaseline.parse(item.string("syncVersion"), item.string("templateHashes")),
                        Instant.parse(item.string("startedAt")),
                        findEntries(item.string("newVersion"))));
    }

    /**
     * Begins a rotation now, unless another one is not over.
     *
     * @param token the new version of the secret
     * @param state of the secret before
     * @param baseline what the cluster looks like now
     * @return whether it has begun, now or before
     */
    public boolean start(String token, SecretState state, Admission.Admitted admitted, ClusterBaseline baseline) {
        Instant now = now();
        DynamoDbItem rotation = latestKey()
                .putString("newVersion", token)
                .putString("oldVersion", state.currentVersion())
                .putString(
                        "lastRotatedAt",
                        Rotation.lastRotatedAt(findLatestRotation(), state).toString())
                .putString("windowId", admitted.windowId())
                .putString("syncVersion", baseline.syncVersion())
                .putString("templateHashes", baseline.templateHashText())
                .putString("startedAt", now.toString())
                .putString("finished", "no");
        List<RotationLogEntry> entries = new ArrayList<>(
                List.of(RotationLogEntry.of(token, RotationEventType.STARTED, now, admitted.trigger())));
        if (isBlocked(admitted.windowId())) {
            entries.add(RotationLogEntry.of(admitted.windowId(), RotationEventType.UNBLOCKED, now, ""));
        }
        return commit(table.transaction().putIf(rotation, "finished", "yes"), entries)
                || findLatestRotation()
                        .filter(latest -> latest.newVersion().equals(token) && !latest.isFinished())
                        .isPresent();
    }

    /**
     * Writes down what happened, once.
     *
     * @return false when it was written down before
     */
    public boolean append(String subject, RotationEventType type, String message) {
        return commit(table.transaction(), RotationLogEntry.of(subject, type, now(), message));
    }

    /** Writes down that a step failed, once for each. */
    public void appendStepFailure(String token, RotationStep step, String why) {
        commit(table.transaction(), RotationLogEntry.stepFailed(token, step, now(), why));
    }

    /** Writes down the end of the newest rotation; of any other, only that it happened. */
    public boolean appendEnd(String token, RotationEventType type, String message) {
        RotationLogEntry entry = RotationLogEntry.of(token, type, now(), message);
        return commit(
                        table.transaction()
                                .updateIf(
                                        latestKey(),
                                        "finished",
                                        "yes",
                                        new DynamoDbItem().putString("newVersion", token)),
                        entry)
                || commit(table.transaction(), entry);
    }

    /** Entries that are not in Slack yet, oldest first. */
    public List<RotationLogEntry> findUnpublished() {
        return table.query(environment + "!outbox", "").stream()
                .map(RotationLog::parse)
                .sorted(RotationLogEntry.CHRONOLOGICAL)
                .toList();
    }

    /** It is in Slack. */
    public void markPublished(RotationLogEntry entry) {
        table.delete(outboxKey(entry));
    }

    /** All entries about something. */
    public List<RotationLogEntry> findEntries(String subject) {
        return table.query(environment, subject + "#").stream()
                .map(RotationLog::parse)
                .toList();
    }

    /** The message whose thread is about something. */
    public Optional<String> findThread(String subject) {
        return table.get(DynamoDbItem.key(environment, "thread#" + subject)).map(item -> item.string("ts"));
    }

    public void saveThread(String subject, String ts) {
        table.put(withTtl(DynamoDbItem.key(environment, "thread#" + subject).putString("ts", ts)));
    }

    /** Whether it was said that something is in the way of this, and not yet that it is gone. */
    private boolean isBlocked(String subject) {
        Set<RotationEventType> types =
                findEntries(subject).stream().map(RotationLogEntry::type).collect(Collectors.toSet());
        return types.contains(RotationEventType.BLOCKED) && !types.contains(RotationEventType.UNBLOCKED);
    }

    private boolean commit(Transaction transaction, RotationLogEntry entry) {
        return commit(transaction, List.of(entry));
    }

    private boolean commit(Transaction transaction, List<RotationLogEntry> entries) {
        entries.forEach(entry -> transaction
                .putIfAbsent(withEntry(DynamoDbItem.key(environment, entry.subject() + "#" + entry.key()), entry))
                .put(withEntry(outboxKey(entry), entry)));
        boolean isNew = transaction.commit();
        if (isNew) {
            entries.forEach(entry -> {
                System.out.println(auditRecord(entry));
                metrics.recordEvent(entry.type());
            });
        }
        return isNew;
    }

    /** An entry as a line of the log, in the form of all audit records of the platform. */
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

    private DynamoDbItem latestKey() {
        return DynamoDbItem.key(environment, "latest");
    }

    private DynamoDbItem outboxKey(RotationLogEntry entry) {
        return DynamoDbItem.key(
                environment + "!outbox",
                "%013d#%s#%s".formatted(entry.at().toEpochMilli(), entry.subject(), entry.key()));
    }

    private DynamoDbItem withEntry(DynamoDbItem item, RotationLogEntry entry) {
        return withTtl(item.putString("subject", entry.subject())
                .putString("key", entry.key())
                .putString("type", entry.type().name())
                .putString("at", entry.at().toString())
                .putString("message", entry.message()));
    }

    private static RotationLogEntry parse(DynamoDbItem item) {
        return new RotationLogEntry(
                item.string("subject"),
                item.string("key"),
                RotationEventType.valueOf(item.string("type")),
                Instant.parse(item.string("at")),
                item.string("message"));
    }

    private DynamoDbItem withTtl(DynamoDbItem item) {
        return item.putNumber("expires", now().plus(RETENTION).getEpochSecond());
    }
}
