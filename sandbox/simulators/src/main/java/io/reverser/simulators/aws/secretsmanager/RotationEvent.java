package io.reverser.simulators.aws.secretsmanager;

import java.time.Instant;

/**
 * What CloudTrail would record of a rotation.
 *
 * @param name as CloudTrail has it, like {@code RotationSucceeded} or {@code TestRotationFailed}
 * @param version the version that the rotation makes
 * @see <a href="https://docs.aws.amazon.com/secretsmanager/latest/userguide/cloudtrail_log_entries.html">CloudTrail
 *     entries</a>
 */
public record RotationEvent(String name, String secretArn, String version, String message, Instant at) {}
