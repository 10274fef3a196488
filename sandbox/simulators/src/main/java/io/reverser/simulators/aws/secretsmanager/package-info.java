/**
 * Secrets Manager: secrets, their versions, and rotation. This package depends on {@code aws.api}, and on {@code
 * aws.scheduler} for schedule expressions.
 */
@NullMarked
package io.reverser.simulators.aws.secretsmanager;

import org.jspecify.annotations.NullMarked;
