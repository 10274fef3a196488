package io.reverser.access.policy;

/**
 * Where in Slack a policy holds.
 *
 * @param teamId the workspace's ID
 * @param appId the app's ID
 * @param approvalsChannelId the ID of the channel where requests are shown
 */
public record SlackWorkspaceIds(String teamId, String appId, String approvalsChannelId) {}
