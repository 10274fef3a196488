/** Log groups that end. Uses {@code settings} only. */
@NullMarked
package io.reverser.cdk.logs;

import org.jspecify.annotations.NullMarked;
