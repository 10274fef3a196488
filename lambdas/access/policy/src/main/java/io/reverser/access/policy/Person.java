package io.reverser.access.policy;

/**
 * A person who may request access or decide about requests.
 *
 * @param id the person's Slack user ID
 * @param principalArn the person's IAM principal
 */
public record Person(String id, String name, String principalArn) {}
