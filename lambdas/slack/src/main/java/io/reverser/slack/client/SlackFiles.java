package io.reverser.slack.client;

import com.slack.api.methods.request.files.FilesCompleteUploadExternalRequest.FileDetails;
import com.slack.api.model.File;
import io.reverser.slack.request.SlackRequest.PostedMessage;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.List;

/**
 * Uploads images to Slack, in three steps. A file that is not shared is visible only to the app, so each image is
 * shared in a thread. Slack processes a file after confirming the upload, and until the processing ends it rejects
 * blocks that show the file.
 *
 * @see <a href="https://docs.slack.dev/messaging/working-with-files">Working with files</a>
 */
public final class SlackFiles {

    private static final int TIMEOUT_MS = 5000;

    private final SlackApiClient client;

    SlackFiles(SlackApiClient client) {
        this.client = client;
    }

    /**
     * Uploads an image into the thread of a message.
     *
     * @param altText a description of the image for screen readers
     * @return the ID of the uploaded file
     */
    public String upload(PostedMessage thread, String name, String altText, byte[] png) {
        var target = client.call(
                "files.getUploadURLExternal",
                slack -> slack.filesGetUploadURLExternal(
                        request -> request.filename(name).length(png.length).altTxt(altText)));
        send(URI.create(target.getUploadUrl()), png);
        client.call(
                "files.completeUploadExternal",
                slack -> slack.filesCompleteUploadExternal(request -> request.channelId(thread.channel())
                        .threadTs(thread.ts())
                        .files(List.of(FileDetails.builder()
                                .id(target.getFileId())
                                .title(name)
                                .build()))));
        return target.getFileId();
    }

    /** Whether Slack has processed the file, so that a message can show it. */
    public boolean isReady(String fileId) {
        File found = client.call("files.info", slack -> slack.filesInfo(request -> request.file(fileId)))
                .getFile();
        return found != null
                && found.getMimetype() != null
                && !found.getMimetype().isEmpty();
    }

    private static void send(URI to, byte[] content) {
        try {
            var connection = (HttpURLConnection) to.toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MS);
            connection.setReadTimeout(TIMEOUT_MS);
            connection.setDoOutput(true);
            connection.setFixedLengthStreamingMode(content.length);
            connection.setRequestProperty("Content-Type", "application/octet-stream");
            connection.getOutputStream().write(content);
            int status = connection.getResponseCode();
            if (status != HttpURLConnection.HTTP_OK) {
                throw SlackApiClient.httpError("upload", status, connection.getHeaderField("Retry-After"));
            }
        } catch (IOException failure) {
            throw new SlackException("upload", failure);
        }
    }
}
