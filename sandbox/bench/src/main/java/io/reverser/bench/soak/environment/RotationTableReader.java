package io.reverser.bench.soak.environment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.awsjsonclient.AwsJsonClient;
import io.reverser.bench.reconciliation.RotationReconciliation.Rotation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads the rotator's event log from the rotator's table. */
public record RotationTableReader(AwsJsonClient api) {

    private static final Set<String> FINAL_STAGES = Set.of("COMPLETED", "ROLLED_BACK", "REJECTED", "ABANDONED");

    /** An entry of the rotator's event log. */
    private record LogEntry(String stage, Instant at) {}

    /** All rotations that have started, oldest first. */
    public List<Rotation> readRotations() {
        Map<String, List<LogEntry>> bySubject = new TreeMap<>();
        ObjectNode scan = api.newObject().put("TableName", "rotation").put("ConsistentRead", true);
        JsonNode page;
        do {
            page = api.call(AwsJsonClient.Service.DYNAMODB, "Scan", scan);
            page.path("Items").forEach(item -> addEntry(item, bySubject));
            scan.set("ExclusiveStartKey", page.path("LastEvaluatedKey"));
        } while (page.path("LastEvaluatedKey").isObject());
        return bySubject.entrySet().stream()
                .flatMap(subject -> subject.getValue().stream()
                        .filter(entry -> entry.stage().equals("STARTED"))
                        .limit(1)
                        .map(started -> new Rotation(
                                subject.getKey(),
                                started.at(),
                                subject.getValue().stream()
                                        .map(LogEntry::stage)
                                        .filter(FINAL_STAGES::contains)
                                        .findFirst())))
                .sorted(Comparator.comparing(Rotation::startedAt))
                .toList();
    }

    private static void addEntry(JsonNode item, Map<String, List<LogEntry>> bySubject) {
        if (item.has("type")) {
            bySubject
                    .computeIfAbsent(item.at("/subject/S").asText(), none -> new ArrayList<>())
                    .add(new LogEntry(
                            item.at("/type/S").asText(),
                            Instant.parse(item.at("/at/S").asText())));
        }
    }
}
