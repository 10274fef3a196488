package io.reverser.access.policy;

/**
 * A person who may request access or decide about it.
 *
 * @param id a Slack user ID
 * @param principalArn the IAM principal that this person works with
 */
public record Person(String id, String name, String principalArn) {}
