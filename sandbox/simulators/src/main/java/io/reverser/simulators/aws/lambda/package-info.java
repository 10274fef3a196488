/** AWS Lambda: functions from their packages, in processes of their own, under AWS's own runtime client. */
@NullMarked
package io.reverser.simulators.aws.lambda;

import org.jspecify.annotations.NullMarked;
