package io.reverser.access.policy;

/**
 * The IDs of the Slack workspace, app and channel in the access policy.
 *
 * @param teamId the workspace's ID
 * @param appId the app's ID
 * @param approvalsChannelId the ID of the channel where requests are shown
 */
public record SlackWorkspaceIds(String teamId, String appId, String approvalsChannelId) {}
