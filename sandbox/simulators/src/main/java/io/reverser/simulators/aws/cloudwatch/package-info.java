/** Amazon CloudWatch: alarms, composite alarms, their history and pictures of metrics. It uses {@code aws.api}. */
@NullMarked
package io.reverser.simulators.aws.cloudwatch;

import org.jspecify.annotations.NullMarked;
