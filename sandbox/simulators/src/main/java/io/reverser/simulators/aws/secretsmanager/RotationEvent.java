package io.reverser.simulators.aws.secretsmanager;

import java.time.Instant;

/**
 * An event about a rotation, as CloudTrail records it in AWS.
 *
 * @param name the event name in CloudTrail, such as {@code RotationSucceeded} or {@code TestRotationFailed}
 * @param version the version that the rotation creates
 * @see <a href="https://docs.aws.amazon.com/secretsmanager/latest/userguide/cloudtrail_log_entries.html">CloudTrail
 *     entries</a>
 */
public record RotationEvent(String name, String secretArn, String version, String message, Instant at) {}
