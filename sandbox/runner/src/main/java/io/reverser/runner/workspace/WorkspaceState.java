package io.reverser.runner.workspace;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.rotation.plan.Occurrence;
import io.reverser.rotation.plan.WindowStatus;
import io.reverser.runner.cluster.LoadGenerator;
import io.reverser.runner.cluster.ReverserCluster.PodStatus;
import io.reverser.runner.cluster.ReverserCredentials;
import io.reverser.runner.functions.AccessSandbox;
import io.reverser.runner.functions.AlarmsSandbox;
import io.reverser.runner.rotation.RotatedSecret;
import io.reverser.runner.rotation.RotationSandbox;
import io.reverser.simulators.aws.eks.AccessEntry;
import io.reverser.simulators.slack.SlackWorkspace.WorkspaceMessage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The state of the sandbox that the workspace page shows to one person, as JSON. */
final class WorkspaceState {

    static final TypeReference<Map<String, String>> STRING_MAP = new TypeReference<>() {};

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_ALARMS = 12;

    private final WorkspaceContext context;

    /**
     * Identifies this run of the sandbox, so that a page that is still open from the previous run discards its state.
     */
    private final String runId = UUID.randomUUID().toString();

    WorkspaceState(WorkspaceContext context) {
        this.context = context;
    }

    ObjectNode render(String person) {
        AccessSandbox sandbox = context.access();
        Instant now = sandbox.aws().clock().instant();
        ObjectNode state =
                JsonNodeFactory.instance.objectNode().put("now", now.toString()).put("runId", runId);
        ArrayNode people = state.putArray("people");
        sandbox.workspace()
                .users()
                .forEach(member -> people.addObject().put("id", member.id()).put("name", member.name()));
        ArrayNode channels = state.putArray("channels");
        writeChannel(
                channels,
                sandbox.approvalsChannel(),
                "cluster-access",
                sandbox.workspace().messages(sandbox.approvalsChannel()));
        writeChannel(channels, person, "Cluster access", sandbox.workspace().messages(person));
        writeChannel(
                channels,
                AlarmsSandbox.ALARMS_CHANNEL,
                "alarms",
                sandbox.workspace().messages(AlarmsSandbox.ALARMS_CHANNEL));
        writeChannel(
                channels,
                AlarmsSandbox.ON_CALL_CHANNEL,
                "on-call",
                sandbox.workspace().messages(AlarmsSandbox.ON_CALL_CHANNEL));
        ArrayNode entries = state.putArray("entries");
        sandbox.aws().eks().entries().stream()
                .filter(WorkspaceState::isForPeople)
                .forEach(entry -> writeEntry(entries.addObject(), entry));
        ArrayNode alarms = state.putArray("alarms");
        context.alarms().alarms().stream()
                .limit(MAX_ALARMS)
                .forEach(alarm -> alarms.addObject().put("name", alarm.name()).put("state", alarm.state()));
        context.rotation().ifPresent(rotation -> {
            String platform = RotationSandbox.PLATFORM_CHANNEL;
            writeChannel(channels, platform, "platform", sandbox.workspace().messages(platform));
            writeRotation(state.putObject("rotation"), rotation, now);
        });
        return state;
    }

    private static void writeChannel(ArrayNode channels, String id, String name, List<WorkspaceMessage> messages) {
        ObjectNode channel =
                channels.addObject().put("id", id).put("name", name).put("direct", id.startsWith("U"));
        ArrayNode messageArray = channel.putArray("messages");
        for (WorkspaceMessage posted : messages) {
            ObjectNode message = messageArray
                    .addObject()
                    .put("ts", posted.ts())
                    .put("thread", posted.threadTs().orElse(""))
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

    /**
     * Whether an EKS access entry grants access to a person; the access entries of functions have Kubernetes groups
     * instead of access policies.
     */
    private static boolean isForPeople(AccessEntry entry) {
        return entry.groups().isEmpty();
    }

    private static void writeEntry(ObjectNode row, AccessEntry entry) {
        row.put("cluster", entry.cluster()).put("principal", entry.principalArn());
        ArrayNode policies = row.putArray("policies");
        entry.policies()
                .forEach((arn, namespaces) -> policies.add(arn.substring(arn.lastIndexOf('/') + 1)
                        + (namespaces.isEmpty() ? " · whole cluster" : " · " + String.join(", ", namespaces))));
        ObjectNode tags = row.putObject("tags");
        entry.tags().forEach(tags::put);
    }

    /** Writes the state of the rotation, with fingerprints instead of passwords. */
    private static void writeRotation(ObjectNode state, WorkspaceContext.RotationUnderLoad rotation, Instant now) {
        writeWindow(
                state.putObject("window"), rotation.sandbox().plan().windows().statusAt(now));
        RotatedSecret secret = rotation.sandbox().secret();
        ObjectNode shown = state.putObject("secret")
                .put("version", secret.currentVersion())
                .put("rotated", secret.fetchLastRotated().toString())
                .put("rotating", secret.isRotating());
        writeCredentials(shown.putObject("current"), secret.readCurrent());
        state.put("reverser", rotation.sandbox().reverserAddress().toString());
        ArrayNode pods = state.putArray("pods");
        rotation.sandbox().pods().forEach(pod -> writePod(pods.addObject(), pod));
        writeLoad(state.putObject("load"), rotation.loadGenerator());
    }

    private static void writeWindow(ObjectNode window, WindowStatus status) {
        switch (status) {
            case WindowStatus.Open(Occurrence open) ->
                window.put("state", "open").put("time", open.lastStart().toString());
            case WindowStatus.Closing(Occurrence closing) ->
                window.put("state", "closing").put("time", closing.end().toString());
            case WindowStatus.Closed(Optional<Occurrence> next, var _) -> {
                window.put("state", "closed");
                next.ifPresent(
                        occurrence -> window.put("time", occurrence.start().toString()));
            }
        }
    }

    private static void writePod(ObjectNode row, PodStatus pod) {
        row.put("name", pod.name()).put("state", pod.state());
        pod.credentials().ifPresent(credentials -> writeCredentials(row.putObject("login"), credentials));
        pod.managementAddress().ifPresent(address -> row.put("health", address + "/q/health"));
    }

    private static void writeCredentials(ObjectNode shown, ReverserCredentials credentials) {
        shown.put("user", credentials.user()).put("fingerprint", credentials.fingerprint());
    }

    private static void writeLoad(ObjectNode load, LoadGenerator loadGenerator) {
        ArrayNode calls = load.putArray("calls");
        ArrayNode failures = load.putArray("failures");
        for (LoadGenerator.Second second : loadGenerator.lastSeconds()) {
            calls.add(second.calls());
            failures.add(second.failures());
        }
        load.put("p99", loadGenerator.p99().toMillis())
                .put("succeeded", loadGenerator.succeeded())
                .put("failed", loadGenerator.failed());
    }
}
