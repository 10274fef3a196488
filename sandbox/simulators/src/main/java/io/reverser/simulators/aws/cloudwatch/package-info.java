/**
 * CloudWatch: alarms, composite alarms, their history, and metric widgets as images. This package depends on the
 * package {@code aws.api}.
 */
@NullMarked
package io.reverser.simulators.aws.cloudwatch;

import org.jspecify.annotations.NullMarked;
