package io.reverser.access.request;

/**
 * A message in Slack.
 *
 * @param channel a channel ID
 * @param ts the message's time stamp, which is its name within the channel
 */
public record MessageRef(String channel, String ts) {}
