/**
 * Secrets Manager: secrets, their versions, and rotation. It uses {@code aws.api}, and the expressions of {@code
 * aws.scheduler}.
 */
@NullMarked
package io.reverser.simulators.aws.secretsmanager;

import org.jspecify.annotations.NullMarked;
