package io.reverser.slack;

import java.util.Map;
import java.util.Optional;

/** What Slack wants of us. {@link SlackRequestReader} makes these. */
public sealed interface SlackRequest {

    /**
     * Who did it and where.
     *
     * @param user a Slack user ID
     * @param team the workspace's ID
     * @param app the app's ID
     */
    record Sender(String user, String team, String app) {}

    /** Something that a person did. */
    sealed interface Act extends SlackRequest {

        /** Who did it. */
        Sender sender();

        /** The same when Slack sends the same act again, another for every other act. */
        String deliveryId();
    }

    /**
     * A slash command.
     *
     * @param text after the command's name
     * @param triggerId opens a modal within three seconds
     */
    record SlashCommand(Sender sender, String command, String text, String channel, String triggerId) implements Act {
        @Override
        public String deliveryId() {
            return "command-" + triggerId;
        }
    }

    /**
     * A click on a button.
     *
     * @param message where the button is; empty when it is not on a message
     * @param time the click's own time stamp
     * @param responseUrl takes up to five answers within half an hour; empty when there is none
     */
    record Click(
            Sender sender,
            String action,
            String value,
            Optional<Message> message,
            String time,
            String triggerId,
            String responseUrl)
            implements Act {
        @Override
        public String deliveryId() {
            return "click-" + sender.user() + "-" + action + "-" + time;
        }
    }

    /**
     * Where a message is.
     *
     * @param ts its time stamp, which is its name within the channel
     */
    record Message(String channel, String ts) {}

    /**
     * A modal that was sent off.
     *
     * @param callback which modal
     * @param id the view's ID
     * @param metadata what we put into it
     * @param values of its inputs, by block ID; of a list the chosen values, separated by commas
     */
    record Submission(
            Sender sender, String callback, String id, String hash, String metadata, Map<String, String> values)
            implements Act {

        /** Keeps its own map. */
        public Submission {
            values = Map.copyOf(values);
        }

        @Override
        public String deliveryId() {
            return "view-" + id + "-" + hash;
        }
    }

    /** Slack checks our certificate. */
    record CertificateCheck() implements SlackRequest {}

    /** Something that needs no answer, like a modal that was closed. */
    record Other(String type) implements SlackRequest {}
}
