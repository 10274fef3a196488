package io.reverser.access.request;

import java.time.Instant;

/**
 * One person's yes.
 *
 * @param by a Slack user ID
 */
public record Approval(String by, Instant at) {}
