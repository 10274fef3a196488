package io.reverser.slack;

/**
 * Somebody in Slack.
 *
 * @param guest restricted to some channels
 * @param stranger from another organisation, through Slack Connect
 */
public record SlackUser(String id, String team, boolean deleted, boolean bot, boolean guest, boolean stranger) {

    /** Whether this is a full and present member of the workspace. */
    public boolean isMember() {
        return !deleted && !bot && !guest && !stranger;
    }
}
