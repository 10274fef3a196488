package io.reverser.simulators.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.simulators.slack.SlackWorkspace.Content;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Files, by the upload in three steps. Slack says at once that it has one, and knows a moment later what it is; until then
 * no block may show it.
 *
 * @see <a href="https://docs.slack.dev/reference/methods/files.completeUploadExternal">files.completeUploadExternal</a>
 */
public final class SlackUploads {

    private final SlackWorkspace workspace;
    private final Map<String, Upload> uploads = new ConcurrentHashMap<>();
    private final Map<String, byte[]> contents = new ConcurrentHashMap<>();
    private volatile Duration processingDelay = Duration.ofMillis(400);

    /** A file, and when it came to be in a conversation. */
    private record Upload(String name, String altText, long length, Optional<Instant> sharedAt) {}

    SlackUploads(SlackWorkspace workspace) {
        this.workspace = workspace;
    }

    /** How long Slack looks at a file before it knows what it is. */
    public void setProcessingDelay(Duration newDelay) {
        processingDelay = newDelay;
    }

    /** What was uploaded as this file. */
    public Optional<byte[]> content(String file) {
        return Optional.ofNullable(contents.get(file)).map(byte[]::clone);
    }

    /** Deletes a file, as a user would. */
    public void delete(String file) {
        uploads.remove(file);
        contents.remove(file);
    }

    ObjectNode reserve(Map<String, String> parameters) {
        String id = "F"
                + UUID.randomUUID().toString().replace("-", "").substring(0, 10).toUpperCase(Locale.ROOT);
        long length = Long.parseLong(parameters.getOrDefault("length", "0"));
        if (length <= 0 || parameters.getOrDefault("filename", "").isEmpty()) {
            return SlackMethods.error("invalid_arguments");
        }
        uploads.put(
                id,
                new Upload(
                        parameters.getOrDefault("filename", ""),
                        parameters.getOrDefault("alt_txt", ""),
                        length,
                        Optional.empty()));
        return SlackMethods.ok().put("file_id", id);
    }

    /** Stores the content of a reserved file; false when this ID is not reserved, or for another length. */
    boolean store(String file, byte[] content) {
        Upload upload = uploads.get(file);
        boolean accepted = upload != null && upload.length() == content.length;
        if (accepted) {
            contents.put(file, content);
        }
        return accepted;
    }

    /** Into a thread, as a message of its own; it has no time stamp to be told by. */
    ObjectNode complete(Map<String, String> parameters) {
        Optional<JsonNode> files = SlackMethods.parseJson(parameters.getOrDefault("files", "[]"));
        String id = files.map(list -> list.path(0).path("id").asText("")).orElse("");
        Upload upload = uploads.get(id);
        if (upload == null || !contents.containsKey(id)) {
            return SlackMethods.error("file_not_found");
        }
        String channel = parameters.getOrDefault("channel_id", "");
        if (!channel.isEmpty() && !workspace.hasConversation(channel)) {
            return SlackMethods.error("channel_not_found");
        }
        uploads.put(id, new Upload(upload.name(), upload.altText(), upload.length(), Optional.of(Instant.now())));
        if (!channel.isEmpty()) {
            workspace.post(
                    channel,
                    Optional.ofNullable(parameters.get("thread_ts")),
                    new Content("", imageBlock(id, upload).toString(), "[]", ""));
        }
        ObjectNode response = SlackMethods.ok();
        response.putArray("files").addObject().put("id", id).put("title", upload.name());
        return response;
    }

    ObjectNode info(Map<String, String> parameters) {
        String id = parameters.getOrDefault("file", "");
        Upload upload = uploads.get(id);
        if (upload == null) {
            return SlackMethods.error("file_not_found");
        }
        ObjectNode response = SlackMethods.ok();
        response.putObject("file")
                .put("id", id)
                .put("name", upload.name())
                .put("mimetype", isDisplayable(id) ? "image/png" : "");
        return response;
    }

    /** Whether a block may show it: it is in a conversation, and Slack knows what it is. */
    boolean isDisplayable(String file) {
        return Optional.ofNullable(uploads.get(file))
                .flatMap(Upload::sharedAt)
                .filter(since -> !Instant.now().isBefore(since.plus(processingDelay)))
                .isPresent();
    }

    /** Where the content is to be sent. */
    static URI uploadUrl(URI api, String file) {
        return api.resolve("/upload/" + file);
    }

    private static ArrayNode imageBlock(String id, Upload upload) {
        ArrayNode blocks = JsonNodeFactory.instance.arrayNode();
        blocks.addObject()
                .put("type", "image")
                .put("alt_text", upload.altText())
                .putObject("slack_file")
                .put("id", id);
        return blocks;
    }
}
