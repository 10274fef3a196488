package io.reverser.runner.workspace;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.aws.AwsFailure;
import io.reverser.runner.RotationSandbox;
import io.reverser.runner.Traffic;
import io.reverser.simulators.slack.SlackWorkspace;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Set;

/** What people do on the page. */
final class Deeds {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> COMMANDS = Set.of("/cluster-access", "/maintenance-window");
    private static final int STORM = 200;
    private static final int FLAPS = 3;

    private final Parts parts;

    Deeds(Parts parts) {
        this.parts = parts;
    }

    /** What a person does. What Slack would show to this person alone comes back. */
    ObjectNode act(String path, JsonNode body) {
        SlackWorkspace workspace = parts.access().workspace();
        int views = workspace.views().size();
        int whispers = workspace.whispers().size();
        ObjectNode shown = JsonNodeFactory.instance.objectNode();
        try {
            shown.set("answer", answer(path, body));
        } catch (IllegalStateException | UncheckedIOException failure) {
            shown.put("failed", failure.getMessage());
        }
        workspace.views().stream().skip(views).forEach(view -> shown.put("view", view));
        workspace.whispers().stream().skip(whispers).forEach(text -> shown.put("whisper", text));
        return shown;
    }

    private JsonNode answer(String path, JsonNode body) {
        String person = body.path("person").asText();
        return switch (path) {
            case "/api/slash" ->
                slash(person, body.path("command").asText(), body.path("text").asText());
            case "/api/click" ->
                parts.access()
                        .app()
                        .click(
                                person,
                                body.path("channel").asText(),
                                body.path("ts").asText(),
                                body.path("action").asText(),
                                body.path("value").asText());
            case "/api/submit" ->
                parts.access()
                        .app()
                        .submit(
                                person,
                                body.path("view"),
                                JSON.convertValue(body.path("values"), WorkspaceState.TEXTS));
            case "/api/clock" -> {
                parts.access()
                        .aws()
                        .clock()
                        .move(Duration.ofMinutes(body.path("minutes").asLong()));
                yield nothing();
            }
            case "/api/alarm" -> {
                alarm(body.path("do").asText(), body.path("alarm").asText());
                yield nothing();
            }
            case "/api/visit" ->
                parts.rotation().map(rotating -> visit(rotating.traffic())).orElseGet(Deeds::nothing);
            case "/api/rotation" ->
                parts.rotation()
                        .map(rotating -> rotate(
                                rotating.sandbox(),
                                body.path("do").asText(),
                                body.path("name").asText()))
                        .orElseGet(Deeds::nothing);
            default -> nothing();
        };
    }

    /** Nothing where no pod answers, which has nothing to do with Slack. */
    private static JsonNode visit(Traffic traffic) {
        try {
            return JSON.readTree(traffic.visit());
        } catch (JsonProcessingException | UncheckedIOException unanswered) {
            return nothing();
        }
    }

    private JsonNode slash(String person, String command, String text) {
        return COMMANDS.contains(command)
                ? parts.access().app().slash(person, command, text)
                : nothing().put("response_type", "ephemeral").put("text", command + " is not a valid command.");
    }

    private void alarm(String what, String name) {
        switch (what) {
            case "flap" -> parts.alarms().flap(name, FLAPS);
            case "storm" -> parts.alarms().storm(STORM);
            default -> parts.alarms().set(name, what);
        }
    }

    /** Says what came of it. */
    private static ObjectNode rotate(RotationSandbox rotation, String what, String name) {
        try {
            return nothing()
                    .put(
                            "said",
                            switch (what) {
                                case "open" -> {
                                    rotation.openWindow();
                                    yield "The clock was moved to when the next window opens.";
                                }
                                case "glass" -> {
                                    rotation.secret().breakGlass(name, "the password was in a screenshot");
                                    yield "The secret has the three tags now, for half an hour.";
                                }
                                default -> {
                                    rotation.secret().rotate();
                                    yield "Secrets Manager was asked to rotate.";
                                }
                            });
        } catch (AwsFailure refused) {
            return nothing().put("said", refused.getMessage());
        }
    }

    private static ObjectNode nothing() {
        return JsonNodeFactory.instance.objectNode();
    }
}
