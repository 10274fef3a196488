package io.reverser.access.policy;

/**
 * Somebody who may ask or decide.
 *
 * @param id a Slack user ID
 * @param principalArn the IAM principal that this person works with
 */
public record Person(String id, String name, String principalArn) {}
