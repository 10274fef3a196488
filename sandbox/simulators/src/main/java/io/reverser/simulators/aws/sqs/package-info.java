/** Amazon SQS: queues. It uses {@code aws.api}. */
@NullMarked
package io.reverser.simulators.aws.sqs;

import org.jspecify.annotations.NullMarked;
