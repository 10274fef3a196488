/** Amazon SQS: queues. This package depends on the package {@code aws.api}. */
@NullMarked
package io.reverser.simulators.aws.sqs;

import org.jspecify.annotations.NullMarked;
