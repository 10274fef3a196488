package io.reverser.slack.client;

/**
 * A Slack user.
 *
 * @param guest whether the user is restricted to some channels
 * @param external whether the user belongs to another organisation, through Slack Connect
 */
public record SlackUser(String id, String teamId, boolean deleted, boolean bot, boolean guest, boolean external) {

    /** Whether the user is an active, full member of the workspace. */
    public boolean isMember() {
        return !deleted && !bot && !guest && !external;
    }
}
