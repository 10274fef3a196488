/** SNS: a topic with a queue as its subscriber. It uses {@code aws.sqs}. */
@NullMarked
package io.reverser.simulators.aws.sns;

import org.jspecify.annotations.NullMarked;
