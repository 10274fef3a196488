package io.reverser.access.policy;

/**
 * Where in Slack a policy holds.
 *
 * @param team the workspace's ID
 * @param app the app's ID
 * @param approvals the ID of the channel where requests are shown
 */
public record SlackPlace(String team, String app, String approvals) {}
