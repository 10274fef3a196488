package io.reverser.runner.workspace;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.runner.AccessSandbox;
import io.reverser.runner.AlarmsSandbox;
import io.reverser.runner.RotationSandbox;
import io.reverser.simulators.aws.AccessEntry;
import io.reverser.simulators.slack.SlackWorkspace.Posted;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What the page shows to one person, as JSON. */
final class WorkspaceState {

    static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LISTED = 12;

    private final Parts parts;

    /** A page that was open before is told by this that all it knows is gone. */
    private final String run = UUID.randomUUID().toString();

    WorkspaceState(Parts parts) {
        this.parts = parts;
    }

    ObjectNode of(String person) {
        AccessSandbox sandbox = parts.access();
        Instant now = sandbox.aws().clock().instant();
        ObjectNode state =
                JsonNodeFactory.instance.objectNode().put("now", now.toString()).put("run", run);
        ArrayNode people = state.putArray("people");
        sandbox.workspace()
                .people()
                .forEach(member -> people.addObject().put("id", member.id()).put("name", member.name()));
        ArrayNode rooms = state.putArray("rooms");
        room(rooms, sandbox.approvals(), "cluster-access", sandbox.workspace().messages(sandbox.approvals()));
        room(rooms, person, "Cluster access", sandbox.workspace().messages(person));
        room(rooms, AlarmsSandbox.ALARMS, "alarms", sandbox.workspace().messages(AlarmsSandbox.ALARMS));
        room(rooms, AlarmsSandbox.ON_CALL, "on-call", sandbox.workspace().messages(AlarmsSandbox.ON_CALL));
        ArrayNode entries = state.putArray("entries");
        sandbox.aws().eks().entries().stream()
                .filter(WorkspaceState::isForPeople)
                .forEach(entry -> entry(entries.addObject(), entry));
        ArrayNode list = state.putArray("alarms");
        parts.alarms().alarms().stream()
                .limit(LISTED)
                .forEach(alarm -> list.addObject().put("name", alarm.name()).put("state", alarm.state()));
        parts.rotation().ifPresent(rotating -> {
            String platform = RotationSandbox.PLATFORM;
            room(rooms, platform, "platform", sandbox.workspace().messages(platform));
            RotationState.write(state.putObject("rotation"), rotating, now);
        });
        return state;
    }

    private static void room(ArrayNode rooms, String id, String name, List<Posted> messages) {
        ObjectNode room = rooms.addObject().put("id", id).put("name", name).put("direct", id.startsWith("U"));
        ArrayNode list = room.putArray("messages");
        for (Posted posted : messages) {
            ObjectNode message = list.addObject()
                    .put("ts", posted.ts())
                    .put("thread", posted.thread().orElse(""))
                    .put("text", posted.text())
                    .put("edited", posted.edited());
            try {
                message.set("blocks", JSON.readTree(posted.blocks()));
                message.set("attachments", JSON.readTree(posted.content().attachments()));
            } catch (JsonProcessingException neverTaken) {
                throw new IllegalStateException(neverTaken);
            }
        }
    }

    /** A function's entry has Kubernetes groups and no policy. */
    private static boolean isForPeople(AccessEntry entry) {
        return entry.groups().isEmpty();
    }

    private static void entry(ObjectNode row, AccessEntry entry) {
        row.put("cluster", entry.cluster()).put("principal", entry.principalArn());
        ArrayNode policies = row.putArray("policies");
        entry.policies()
                .forEach((arn, namespaces) -> policies.add(arn.substring(arn.lastIndexOf('/') + 1)
                        + (namespaces.isEmpty() ? " · whole cluster" : " · " + String.join(", ", namespaces))));
        ObjectNode tags = row.putObject("tags");
        entry.tags().forEach(tags::put);
    }
}
