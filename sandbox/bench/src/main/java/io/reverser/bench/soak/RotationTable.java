package io.reverser.bench.soak;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.aws.AwsApi;
import io.reverser.bench.account.RotationBook.Rotation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads what the function that rotates has noted. */
record RotationTable(AwsApi api) {

    private static final Set<String> ENDS = Set.of("DROPPED", "UNDONE", "REFUSED", "GIVEN_UP");

    /** A note. */
    private record Note(String mark, Instant at) {}

    /** All rotations that began, oldest first. */
    List<Rotation> rotations() {
        Map<String, List<Note>> bySubject = new TreeMap<>();
        ObjectNode scan = api.object().put("TableName", "rotation").put("ConsistentRead", true);
        JsonNode page;
        do {
            page = api.call(AwsApi.Service.DYNAMODB, "Scan", scan);
            page.path("Items").forEach(item -> note(item, bySubject));
            scan.set("ExclusiveStartKey", page.path("LastEvaluatedKey"));
        } while (page.path("LastEvaluatedKey").isObject());
        return bySubject.entrySet().stream()
                .flatMap(subject -> subject.getValue().stream()
                        .filter(note -> note.mark().equals("BEGUN"))
                        .limit(1)
                        .map(begun -> new Rotation(
                                subject.getKey(),
                                begun.at(),
                                subject.getValue().stream()
                                        .map(Note::mark)
                                        .filter(ENDS::contains)
                                        .findFirst())))
                .sorted(Comparator.comparing(Rotation::begun))
                .toList();
    }

    private static void note(JsonNode item, Map<String, List<Note>> bySubject) {
        if (item.has("mark")) {
            bySubject
                    .computeIfAbsent(item.at("/subject/S").asText(), none -> new ArrayList<>())
                    .add(new Note(
                            item.at("/mark/S").asText(),
                            Instant.parse(item.at("/at/S").asText())));
        }
    }
}
