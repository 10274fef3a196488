/**
 * AWS Lambda: functions from their deployment packages, each in its own process, with AWS's own runtime client. It uses {@code
 * aws.endpoint}, {@code aws.api}, {@code aws.sqs} and the root package.
 */
@NullMarked
package io.reverser.simulators.aws.lambda;

import org.jspecify.annotations.NullMarked;
