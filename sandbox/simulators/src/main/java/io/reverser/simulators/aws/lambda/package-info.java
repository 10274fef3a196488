/**
 * AWS Lambda: functions from their packages, in processes of their own, under AWS's own runtime client. It uses {@code
 * aws.endpoint}, {@code aws.api} and {@code aws.sqs}.
 */
@NullMarked
package io.reverser.simulators.aws.lambda;

import org.jspecify.annotations.NullMarked;
