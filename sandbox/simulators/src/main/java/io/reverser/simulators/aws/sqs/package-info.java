@NullMarked
package io.reverser.simulators.aws.sqs;

import org.jspecify.annotations.NullMarked;
