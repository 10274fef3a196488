/** Log groups with a retention. Uses {@code settings} and {@code iam}. */
@NullMarked
package io.reverser.cdk.logs;

import org.jspecify.annotations.NullMarked;
