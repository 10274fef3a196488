package io.reverser.access.request;

/**
 * A reference to a Slack message.
 *
 * @param channel the ID of the Slack channel
 * @param ts the message's timestamp, its ID within the channel
 */
public record MessageRef(String channel, String ts) {}
