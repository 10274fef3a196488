package io.reverser.slack.request;

import java.util.Map;
import java.util.Optional;

/** What Slack wants of us. {@link SlackRequestParser} makes these. */
public sealed interface SlackRequest {

    /**
     * Who did it and where.
     *
     * @param userId a Slack user ID
     * @param teamId the workspace's ID
     * @param appId the app's ID
     */
    record Sender(String userId, String teamId, String appId) {}

    /** Something that a person did. */
    sealed interface UserRequest extends SlackRequest {

        /** Who did it. */
        Sender sender();

        /** The same when Slack sends the same act again, another for every other act. */
        String idempotencyKey();
    }

    /**
     * A slash command.
     *
     * @param text after the command's name
     * @param triggerId opens a modal within three seconds
     */
    record SlashCommand(Sender sender, String command, String text, String channelId, String triggerId)
            implements UserRequest {
        @Override
        public String idempotencyKey() {
            return "command-" + triggerId;
        }
    }

    /**
     * A click on a button.
     *
     * @param message where the button is; empty when it is not on a message
     * @param actionTs the click's own time stamp
     * @param responseUrl takes up to five answers within half an hour; empty when there is none
     */
    record Click(
            Sender sender,
            String actionId,
            String value,
            Optional<PostedMessage> message,
            String actionTs,
            String triggerId,
            String responseUrl)
            implements UserRequest {
        @Override
        public String idempotencyKey() {
            return "click-" + sender.userId() + "-" + actionId + "-" + actionTs;
        }
    }

    /**
     * Where a message is.
     *
     * @param ts its time stamp, which is its name within the channel
     */
    record PostedMessage(String channel, String ts) {}

    /**
     * A modal that was sent off.
     *
     * @param callbackId which modal
     * @param viewId the view's ID
     * @param privateMetadata what we put into it
     * @param values of its inputs, by block ID; of a list the chosen values, separated by commas
     */
    record ViewSubmission(
            Sender sender,
            String callbackId,
            String viewId,
            String hash,
            String privateMetadata,
            Map<String, String> values)
            implements UserRequest {

        /** Keeps its own map. */
        public ViewSubmission {
            values = Map.copyOf(values);
        }

        @Override
        public String idempotencyKey() {
            return "view-" + viewId + "-" + hash;
        }
    }

    /** Slack checks our certificate. */
    record SslCheck() implements SlackRequest {}

    /** Something that needs no answer, like a modal that was closed. */
    record Other(String type) implements SlackRequest {}
}
