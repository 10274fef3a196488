package io.reverser.runner.workspace;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.awsjsonclient.AwsJsonException;
import io.reverser.runner.cluster.LoadGenerator;
import io.reverser.runner.rotation.RotationSandbox;
import io.reverser.simulators.slack.SlackWorkspace;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Set;

/** Performs the actions of the people on the workspace page. */
final class WorkspaceActions {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> COMMANDS = Set.of("/cluster-access", "/maintenance-window");
    private static final int STORM_SIZE = 200;
    private static final int FLAP_COUNT = 3;

    private final WorkspaceContext context;

    WorkspaceActions(WorkspaceContext context) {
        this.context = context;
    }

    /**
     * Performs an action as one of the simulated Slack users. The result contains the response and, if the action caused them,
     * an error, a new modal and an ephemeral message.
     */
    ObjectNode perform(String path, JsonNode body) {
        SlackWorkspace workspace = context.access().workspace();
        int viewsBefore = workspace.views().size();
        int ephemeralsBefore = workspace.ephemeralReplies().size();
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        try {
            result.set("response", dispatch(path, body));
        } catch (IllegalStateException | UncheckedIOException failure) {
            result.put("error", failure.getMessage());
        }
        workspace.views().stream().skip(viewsBefore).forEach(view -> result.put("view", view));
        workspace.ephemeralReplies().stream().skip(ephemeralsBefore).forEach(text -> result.put("ephemeral", text));
        return result;
    }

    private JsonNode dispatch(String path, JsonNode body) {
        String person = body.path("person").asText();
        return switch (path) {
            case "/api/slash" ->
                runSlashCommand(
                        person, body.path("command").asText(), body.path("text").asText());
            case "/api/click" ->
                context.access()
                        .app()
                        .clickButton(
                                person,
                                body.path("channel").asText(),
                                body.path("ts").asText(),
                                body.path("action").asText(),
                                body.path("value").asText());
            case "/api/submit" ->
                context.access()
                        .app()
                        .submitModal(
                                person,
                                body.path("view"),
                                JSON.convertValue(body.path("values"), WorkspaceState.STRING_MAP));
            case "/api/clock" -> {
                context.access()
                        .aws()
                        .clock()
                        .move(Duration.ofMinutes(body.path("minutes").asLong()));
                yield emptyObject();
            }
            case "/api/alarm" -> {
                changeAlarm(body.path("do").asText(), body.path("alarm").asText());
                yield emptyObject();
            }
            case "/api/visit" ->
                context.rotation()
                        .map(rotation -> sendVisit(rotation.loadGenerator()))
                        .orElseGet(WorkspaceActions::emptyObject);
            case "/api/rotation" ->
                context.rotation()
                        .map(rotation -> changeRotation(
                                rotation.sandbox(),
                                body.path("do").asText(),
                                body.path("name").asText()))
                        .orElseGet(WorkspaceActions::emptyObject);
            default -> emptyObject();
        };
    }

    /** Sends a visit to the reverser; returns an empty object when no pod answers. */
    private static JsonNode sendVisit(LoadGenerator loadGenerator) {
        try {
            return JSON.readTree(loadGenerator.requestJson());
        } catch (JsonProcessingException | UncheckedIOException unanswered) {
            return emptyObject();
        }
    }

    private JsonNode runSlashCommand(String person, String command, String text) {
        return COMMANDS.contains(command)
                ? context.access().app().sendSlashCommand(person, command, text)
                : emptyObject().put("response_type", "ephemeral").put("text", command + " is not a valid command.");
    }

    private void changeAlarm(String action, String name) {
        switch (action) {
            case "flap" -> context.alarms().flap(name, FLAP_COUNT);
            case "storm" -> context.alarms().fireStorm(STORM_SIZE);
            default -> context.alarms().setState(name, action);
        }
    }

    /** Performs an action on the rotation, such as breaking the glass, and returns a message about the outcome. */
    private static ObjectNode changeRotation(RotationSandbox rotation, String action, String name) {
        try {
            return emptyObject()
                    .put(
                            "message",
                            switch (action) {
                                case "advance-to-window" -> {
                                    rotation.advanceToNextWindow();
                                    yield "The clock is at the start of the next window.";
                                }
                                case "break-glass" -> {
                                    rotation.secret().breakGlass(name, "the password was in a screenshot");
                                    yield "The secret has the three break-glass tags for half an hour.";
                                }
                                default -> {
                                    rotation.secret().rotate();
                                    yield "RotateSecret was called; #platform shows the outcome.";
                                }
                            });
        } catch (AwsJsonException refused) {
            return emptyObject().put("message", refused.getMessage());
        }
    }

    private static ObjectNode emptyObject() {
        return JsonNodeFactory.instance.objectNode();
    }
}
