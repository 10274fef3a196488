/**
 * AWS Lambda: functions that run from their deployment packages, each in a separate process with AWS's own runtime
 * client. This package depends on {@code aws.endpoint}, {@code aws.api}, {@code aws.sqs} and the root package.
 */
@NullMarked
package io.reverser.simulators.aws.lambda;

import org.jspecify.annotations.NullMarked;
