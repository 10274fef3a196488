/** SNS: a topic with a queue as its subscriber. This package depends on the package {@code aws.sqs}. */
@NullMarked
package io.reverser.simulators.aws.sns;

import org.jspecify.annotations.NullMarked;
