package io.reverser.simulators.slack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.simulators.slack.SlackWorkspace.Content;
import io.reverser.simulators.slack.SlackWorkspace.Person;
import io.reverser.simulators.slack.SlackWorkspace.Posted;
import io.reverser.simulators.slack.SlackWorkspace.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the methods of the Web API do to a workspace, and answer. */
final class SlackMethods {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Characters of all blocks; Slack's own documents do not say so.
     *
     * @see <a href="https://github.com/slackapi/bolt-js/issues/2509">Blocks too long error</a>
     */
    private static final int LONGEST_BLOCKS = 13_200;

    private final SlackWorkspace workspace;
    private final SlackUploads uploads;

    SlackMethods(SlackWorkspace workspace, SlackUploads uploads) {
        this.workspace = workspace;
        this.uploads = uploads;
    }

    ObjectNode answer(String method, Map<String, String> parameters) {
        if (!SlackScopes.OF_METHODS.containsKey(method)) {
            return error("unknown_method");
        }
        return switch (method) {
            case "users.info" -> user(parameters.getOrDefault("user", ""));
            case "chat.postMessage" -> post(parameters);
            case "chat.update" -> update(parameters);
            case "views.open" -> open(parameters);
            case "conversations.history" -> history(parameters, false);
            case "conversations.replies" -> history(parameters, true);
            case "files.getUploadURLExternal" -> uploads.reserve(parameters);
            case "files.completeUploadExternal" -> uploads.complete(parameters);
            case "files.info" -> uploads.info(parameters);
            default -> throw new IllegalStateException(method + " has scopes and no answer");
        };
    }

    private ObjectNode user(String id) {
        return workspace.person(id).map(SlackMethods::described).orElseGet(() -> error("user_not_found"));
    }

    private static ObjectNode described(Person person) {
        ObjectNode answer = ok();
        answer.putObject("user")
                .put("id", person.id())
                .put("team_id", person.team())
                .put("name", person.name())
                .put("deleted", person.standing() == Standing.DELETED)
                .put("is_bot", person.standing() == Standing.BOT)
                .put("is_restricted", person.standing() == Standing.GUEST)
                .put("is_ultra_restricted", false)
                .put("is_stranger", person.standing() == Standing.STRANGER);
        return answer;
    }

    private ObjectNode post(Map<String, String> parameters) {
        String channel = parameters.getOrDefault("channel", "");
        if (!workspace.knows(channel)) {
            return error("channel_not_found");
        }
        return flaw(parameters)
                .orElseGet(() -> posted(workspace.post(
                        channel, Optional.ofNullable(parameters.get("thread_ts")), content(parameters))));
    }

    private static Content content(Map<String, String> parameters) {
        return new Content(
                parameters.getOrDefault("text", ""),
                parameters.getOrDefault("blocks", "[]"),
                parameters.getOrDefault("attachments", "[]"),
                parameters.getOrDefault("metadata", ""));
    }

    /** Newest first in a channel, oldest first in a thread. */
    private ObjectNode history(Map<String, String> parameters, boolean thread) {
        String ts = parameters.getOrDefault("ts", "");
        double oldest = Double.parseDouble(parameters.getOrDefault("oldest", "0"));
        int limit = Integer.parseInt(parameters.getOrDefault("limit", "100"));
        List<Posted> found = new ArrayList<>(workspace.messages(parameters.getOrDefault("channel", "")).stream()
                .filter(one -> thread
                        ? one.ts().equals(ts) || one.thread().equals(Optional.of(ts))
                        : one.thread().isEmpty())
                .filter(one -> Double.parseDouble(one.ts()) >= oldest)
                .toList());
        ObjectNode answer = ok();
        ArrayNode messages = answer.putArray("messages");
        (thread ? found : found.reversed()).stream().limit(limit).forEach(one -> {
            ObjectNode message = messages.addObject()
                    .put("type", "message")
                    .put("ts", one.ts())
                    .put("text", one.text());
            Optional.of(one.content().metadata())
                    .filter(metadata -> !metadata.isEmpty())
                    .flatMap(SlackMethods::read)
                    .ifPresent(metadata -> message.set("metadata", metadata));
        });
        return answer.put("has_more", false);
    }

    private ObjectNode update(Map<String, String> parameters) {
        return flaw(parameters)
                .orElseGet(() -> workspace
                        .update(
                                parameters.getOrDefault("channel", ""),
                                parameters.getOrDefault("ts", ""),
                                content(parameters))
                        .map(SlackMethods::posted)
                        .orElseGet(() -> error("message_not_found")));
    }

    private ObjectNode open(Map<String, String> parameters) {
        String trigger = parameters.getOrDefault("trigger_id", "");
        if (workspace.isUsed(trigger)) {
            return error("exchanged_trigger_id");
        }
        if (trigger.startsWith("expired")) {
            return error("expired_trigger_id");
        }
        return read(parameters.getOrDefault("view", ""))
                .map(ViewRules::flaw)
                .orElse(Optional.of("view: JSON"))
                .map(flaw -> error("invalid_arguments").put("detail", flaw))
                .orElseGet(() -> {
                    workspace.open(trigger, parameters.getOrDefault("view", ""));
                    return ok();
                });
    }

    private Optional<ObjectNode> flaw(Map<String, String> parameters) {
        if (parameters.getOrDefault("text", "").isEmpty() && !parameters.containsKey("blocks")) {
            return Optional.of(error("no_text"));
        }
        Optional<JsonNode> blocks = read(parameters.getOrDefault("blocks", "[]"));
        Optional<JsonNode> attachments = read(parameters.getOrDefault("attachments", "[]"));
        if (blocks.isEmpty() || attachments.isEmpty()) {
            return Optional.of(error("invalid_blocks_format"));
        }
        if (blocks.get().toString().length() + attachments.get().toString().length() > LONGEST_BLOCKS) {
            return Optional.of(error("msg_blocks_too_long"));
        }
        return Stream.concat(
                        Stream.of(blocks.get()), attachments.get().valueStream().map(one -> one.path("blocks")))
                .flatMap(list -> BlockRules.flaw(list, uploads::isShown).stream())
                .findFirst()
                .map(flaw -> error("invalid_blocks").put("detail", flaw));
    }

    private static ObjectNode posted(Posted message) {
        return ok().put("channel", message.channel()).put("ts", message.ts());
    }

    static Optional<JsonNode> read(String json) {
        try {
            return Optional.of(JSON.readTree(json));
        } catch (JsonProcessingException garbled) {
            return Optional.empty();
        }
    }

    static ObjectNode ok() {
        return JSON.createObjectNode().put("ok", true);
    }

    static ObjectNode error(String error) {
        return JSON.createObjectNode().put("ok", false).put("error", error);
    }
}
