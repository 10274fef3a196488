package io.reverser.access.request;

import java.time.Instant;

/**
 * The approval of one person.
 *
 * @param by the approver's Slack user ID
 */
public record Approval(String by, Instant at) {}
