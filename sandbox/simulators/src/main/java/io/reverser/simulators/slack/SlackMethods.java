package io.reverser.simulators.slack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.simulators.slack.SlackWorkspace.Content;
import io.reverser.simulators.slack.SlackWorkspace.Membership;
import io.reverser.simulators.slack.SlackWorkspace.WorkspaceMessage;
import io.reverser.simulators.slack.SlackWorkspace.WorkspaceUser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The methods of Slack's Web API. */
final class SlackMethods {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * The maximum length of a message's blocks and attachments together, in characters of their JSON. Slack enforces
     * this limit but does not document it.
     *
     * @see <a href="https://github.com/slackapi/bolt-js/issues/2509">Blocks too long error</a>
     */
    private static final int MAX_BLOCKS_LENGTH = 13_200;

    private final SlackWorkspace workspace;
    private final SlackUploads uploads;

    SlackMethods(SlackWorkspace workspace, SlackUploads uploads) {
        this.workspace = workspace;
        this.uploads = uploads;
    }

    ObjectNode call(String method, Map<String, String> parameters) {
        if (!SlackScopes.OF_METHODS.containsKey(method)) {
            return error("unknown_method");
        }
        return switch (method) {
            case "api.test" -> ok();
            case "users.info" -> userInfo(parameters.getOrDefault("user", ""));
            case "chat.postMessage" -> postMessage(parameters);
            case "chat.update" -> updateMessage(parameters);
            case "views.open" -> openView(parameters);
            case "conversations.history" -> history(parameters, false);
            case "conversations.replies" -> history(parameters, true);
            case "files.getUploadURLExternal" -> uploads.reserve(parameters);
            case "files.completeUploadExternal" -> uploads.complete(parameters);
            case "files.info" -> uploads.info(parameters);
            default -> throw new IllegalStateException(method + " has scopes but no implementation");
        };
    }

    private ObjectNode userInfo(String id) {
        return workspace.user(id).map(SlackMethods::describeUser).orElseGet(() -> error("user_not_found"));
    }

    private static ObjectNode describeUser(WorkspaceUser user) {
        ObjectNode response = ok();
        response.putObject("user")
                .put("id", user.id())
                .put("team_id", user.team())
                .put("name", user.name())
                .put("deleted", user.membership() == Membership.DELETED)
                .put("is_bot", user.membership() == Membership.BOT)
                .put("is_restricted", user.membership() == Membership.GUEST)
                .put("is_ultra_restricted", false)
                .put("is_stranger", user.membership() == Membership.STRANGER);
        return response;
    }

    private ObjectNode postMessage(Map<String, String> parameters) {
        String channel = parameters.getOrDefault("channel", "");
        if (!workspace.hasConversation(channel)) {
            return error("channel_not_found");
        }
        return validate(parameters)
                .orElseGet(() -> messageRef(workspace.post(
                        channel, Optional.ofNullable(parameters.get("thread_ts")), parseContent(parameters))));
    }

    private static Content parseContent(Map<String, String> parameters) {
        return new Content(
                parameters.getOrDefault("text", ""),
                parameters.getOrDefault("blocks", "[]"),
                parameters.getOrDefault("attachments", "[]"),
                parameters.getOrDefault("metadata", ""));
    }

    /** Returns messages: the newest first for a channel, the oldest first for a thread. */
    private ObjectNode history(Map<String, String> parameters, boolean thread) {
        String ts = parameters.getOrDefault("ts", "");
        double oldest = Double.parseDouble(parameters.getOrDefault("oldest", "0"));
        int limit = Integer.parseInt(parameters.getOrDefault("limit", "100"));
        List<WorkspaceMessage> found =
                new ArrayList<>(workspace.messages(parameters.getOrDefault("channel", "")).stream()
                        .filter(one -> thread
                                ? one.ts().equals(ts) || one.threadTs().equals(Optional.of(ts))
                                : one.threadTs().isEmpty())
                        .filter(one -> Double.parseDouble(one.ts()) >= oldest)
                        .toList());
        ObjectNode response = ok();
        ArrayNode messages = response.putArray("messages");
        (thread ? found : found.reversed()).stream().limit(limit).forEach(one -> {
            ObjectNode message = messages.addObject()
                    .put("type", "message")
                    .put("ts", one.ts())
                    .put("text", one.text());
            setJson(message, "blocks", one.content().blocks());
            setJson(message, "attachments", one.content().attachments());
            setJson(message, "metadata", one.content().metadata());
        });
        return response.put("has_more", false);
    }

    private static void setJson(ObjectNode message, String field, String json) {
        if (!json.isEmpty()) {
            parseJson(json).ifPresent(value -> message.set(field, value));
        }
    }

    private ObjectNode updateMessage(Map<String, String> parameters) {
        return validate(parameters)
                .orElseGet(() -> workspace
                        .update(
                                parameters.getOrDefault("channel", ""),
                                parameters.getOrDefault("ts", ""),
                                parseContent(parameters))
                        .map(SlackMethods::messageRef)
                        .orElseGet(() -> error("message_not_found")));
    }

    private ObjectNode openView(Map<String, String> parameters) {
        String trigger = parameters.getOrDefault("trigger_id", "");
        if (workspace.isTriggerUsed(trigger)) {
            return error("exchanged_trigger_id");
        }
        if (trigger.startsWith("expired")) {
            return error("expired_trigger_id");
        }
        return parseJson(parameters.getOrDefault("view", ""))
                .map(ViewValidator::validate)
                .orElse(Optional.of("view: JSON"))
                .map(flaw -> error("invalid_arguments").put("detail", flaw))
                .orElseGet(() -> {
                    workspace.openView(trigger, parameters.getOrDefault("view", ""));
                    return ok();
                });
    }

    private Optional<ObjectNode> validate(Map<String, String> parameters) {
        if (parameters.getOrDefault("text", "").isEmpty() && !parameters.containsKey("blocks")) {
            return Optional.of(error("no_text"));
        }
        Optional<JsonNode> blocks = parseJson(parameters.getOrDefault("blocks", "[]"));
        Optional<JsonNode> attachments = parseJson(parameters.getOrDefault("attachments", "[]"));
        if (blocks.isEmpty() || attachments.isEmpty()) {
            return Optional.of(error("invalid_blocks_format"));
        }
        if (blocks.get().toString().length() + attachments.get().toString().length() > MAX_BLOCKS_LENGTH) {
            return Optional.of(error("msg_blocks_too_long"));
        }
        return Stream.concat(
                        Stream.of(blocks.get()), attachments.get().valueStream().map(one -> one.path("blocks")))
                .flatMap(list -> BlockKitValidator.validate(list, uploads::isDisplayable).stream())
                .findFirst()
                .map(flaw -> error("invalid_blocks").put("detail", flaw));
    }

    private static ObjectNode messageRef(WorkspaceMessage message) {
        return ok().put("channel", message.channel()).put("ts", message.ts());
    }

    static Optional<JsonNode> parseJson(String json) {
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
