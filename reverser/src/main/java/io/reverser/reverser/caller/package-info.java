/** Finds the caller behind proxies. Uses the package {@code address}. */
@NullMarked
package io.reverser.reverser.caller;

import org.jspecify.annotations.NullMarked;
