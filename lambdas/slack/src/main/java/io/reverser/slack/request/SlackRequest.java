package io.reverser.slack.request;

import java.util.Map;
import java.util.Optional;

/** A request from Slack, parsed by {@link SlackRequestParser}. */
public sealed interface SlackRequest {

    /**
     * The sender of a request: the user who acted, the workspace and the app.
     *
     * @param userId the user's Slack user ID
     * @param teamId the workspace's ID
     * @param appId the app's ID
     */
    record Sender(String userId, String teamId, String appId) {}

    /** A request that a user's action caused. */
    sealed interface UserRequest extends SlackRequest {

        /** The user who acted. */
        Sender sender();

        /** A key that is the same for repeated deliveries of one action, and different for every other action. */
        String idempotencyKey();
    }

    /**
     * A slash command.
     *
     * @param text the text after the command's name
     * @param triggerId allows the app to open a modal within three seconds
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
     * @param message the message with the button; empty when the button is not on a message
     * @param actionTs the click's timestamp
     * @param responseUrl a URL that accepts up to five replies within 30 minutes; empty when Slack sent none
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
     * A reference to a Slack message.
     *
     * @param ts the message's timestamp, its ID within the channel
     */
    record PostedMessage(String channel, String ts) {}

    /**
     * A submitted modal.
     *
     * @param callbackId identifies the kind of modal
     * @param viewId Slack's ID of the modal
     * @param privateMetadata the metadata with which the app opened it
     * @param values the values of the inputs, by block ID; the value of a multi-select is its selected values,
     *     separated by commas
     */
    record ViewSubmission(
            Sender sender,
            String callbackId,
            String viewId,
            String hash,
            String privateMetadata,
            Map<String, String> values)
            implements UserRequest {

        /** Makes a defensive copy of the map. */
        public ViewSubmission {
            values = Map.copyOf(values);
        }

        @Override
        public String idempotencyKey() {
            return "view-" + viewId + "-" + hash;
        }
    }

    /** Slack's request that checks the app's TLS certificate. */
    record SslCheck() implements SlackRequest {}

    /** A request that needs no handling, such as the notification that a modal was closed. */
    record Other(String type) implements SlackRequest {}
}
