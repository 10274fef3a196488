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
 * Files that are uploaded to Slack, in three steps. Slack confirms an upload at once, but detects the type of the file
 * later; until then, no block can show the file.
 *
 * @see <a href="https://docs.slack.dev/reference/methods/files.completeUploadExternal">files.completeUploadExternal</a>
 */
public final class SlackUploads {

    private final SlackWorkspace workspace;
    private final Map<String, Upload> uploads = new ConcurrentHashMap<>();
    private final Map<String, byte[]> contents = new ConcurrentHashMap<>();
    private volatile Duration processingDelay = Duration.ofMillis(400);

    /** A file, and the time when it was shared to a conversation; without a time, it has not been shared. */
    private record Upload(String name, String altText, long length, Optional<Instant> sharedAt) {}

    SlackUploads(SlackWorkspace workspace) {
        this.workspace = workspace;
    }

    /** Sets the time that Slack takes to detect a file's type. */
    public void setProcessingDelay(Duration newDelay) {
        processingDelay = newDelay;
    }

    /** The content of an uploaded file. */
    public Optional<byte[]> content(String file) {
        return Optional.ofNullable(contents.get(file)).map(byte[]::clone);
    }

    /** Deletes an uploaded file, as a user would. */
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

    /**
     * Stores the content of a file whose ID has been reserved; returns false if the ID is not reserved, or the
     * content's length differs from the announced length.
     */
    boolean store(String file, byte[] content) {
        Upload upload = uploads.get(file);
        boolean accepted = upload != null && upload.length() == content.length;
        if (accepted) {
            contents.put(file, content);
        }
        return accepted;
    }

    /**
     * Completes an upload and posts the file as a separate message. Unlike the response of chat.postMessage, the
     * response contains no timestamp.
     */
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

    /** Whether a block can show the file: it has been shared to a conversation, and its type has been detected. */
    boolean isDisplayable(String file) {
        return Optional.ofNullable(uploads.get(file))
                .flatMap(Upload::sharedAt)
                .filter(since -> !Instant.now().isBefore(since.plus(processingDelay)))
                .isPresent();
    }

    /** The URL that a client sends a file's content to. */
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
