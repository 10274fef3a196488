/** Log groups with a retention period. Uses the packages {@code settings} and {@code iam}. */
@NullMarked
package io.reverser.cdk.logs;

import org.jspecify.annotations.NullMarked;
