package io.reverser.runner.workspace;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.runner.AccessSandbox;
import io.reverser.runner.AlarmsSandbox;
import io.reverser.simulators.aws.AccessEntry;
import io.reverser.simulators.slack.SlackWorkspace.Posted;
import java.util.List;
import java.util.Map;

/** What the page shows to one person, as JSON. */
final class WorkspaceState {

    static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LISTED = 12;

    private final AccessSandbox sandbox;
    private final AlarmsSandbox alarms;

    WorkspaceState(AccessSandbox sandbox, AlarmsSandbox alarms) {
        this.sandbox = sandbox;
        this.alarms = alarms;
    }

    ObjectNode of(String person) {
        ObjectNode state = JsonNodeFactory.instance
                .objectNode()
                .put("now", sandbox.aws().clock().instant().toString());
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
        sandbox.aws().eks().entries().forEach(entry -> entry(entries.addObject(), entry));
        ArrayNode list = state.putArray("alarms");
        alarms.alarms().stream()
                .limit(LISTED)
                .forEach(alarm -> list.addObject().put("name", alarm.name()).put("state", alarm.state()));
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
