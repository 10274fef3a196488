package io.reverser.slack;

import com.slack.api.methods.request.files.FilesCompleteUploadExternalRequest.FileDetails;
import com.slack.api.model.File;
import io.reverser.slack.SlackRequest.Message;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.List;

/**
 * Pictures in Slack, by the upload in three steps. A file that is in no conversation is seen by nobody but us, so it goes
 * into a thread; Slack looks at it after it said that it has it, and takes no block with it before.
 *
 * @see <a href="https://docs.slack.dev/messaging/working-with-files">Working with files</a>
 */
public final class SlackFiles {

    private static final int TIME_OUT_MS = 5000;

    private final SlackCalls calls;

    SlackFiles(SlackCalls calls) {
        this.calls = calls;
    }

    /**
     * Puts a picture into the thread of a message.
     *
     * @param shown what is said to those who do not see it
     * @return the id of the file
     */
    public String upload(Message thread, String name, String shown, byte[] png) {
        var target = calls.call(
                "files.getUploadURLExternal",
                slack -> slack.filesGetUploadURLExternal(
                        request -> request.filename(name).length(png.length).altTxt(shown)));
        send(URI.create(target.getUploadUrl()), png);
        calls.call(
                "files.completeUploadExternal",
                slack -> slack.filesCompleteUploadExternal(request -> request.channelId(thread.channel())
                        .threadTs(thread.ts())
                        .files(List.of(FileDetails.builder()
                                .id(target.getFileId())
                                .title(name)
                                .build()))));
        return target.getFileId();
    }

    /** Whether Slack knows by now what the file is, so that a message can show it. */
    public boolean isReady(String file) {
        File found = calls.call("files.info", slack -> slack.filesInfo(request -> request.file(file)))
                .getFile();
        return found != null
                && found.getMimetype() != null
                && !found.getMimetype().isEmpty();
    }

    private static void send(URI to, byte[] content) {
        try {
            var connection = (HttpURLConnection) to.toURL().openConnection();
            connection.setConnectTimeout(TIME_OUT_MS);
            connection.setReadTimeout(TIME_OUT_MS);
            connection.setDoOutput(true);
            connection.setFixedLengthStreamingMode(content.length);
            connection.setRequestProperty("Content-Type", "application/octet-stream");
            connection.getOutputStream().write(content);
            int status = connection.getResponseCode();
            if (status != HttpURLConnection.HTTP_OK) {
                throw SlackCalls.failed("upload", status, connection.getHeaderField("Retry-After"));
            }
        } catch (IOException failure) {
            throw new SlackFailure("upload", failure);
        }
    }
}
