/** {@code ./platform deploy}: preflight checks, cost estimate and messages. */
@NullMarked
package io.reverser.cdk.deploy;

import org.jspecify.annotations.NullMarked;
