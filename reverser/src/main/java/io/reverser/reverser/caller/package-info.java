/** Finds the caller behind proxies. It uses {@code address}. */
@NullMarked
package io.reverser.reverser.caller;

import org.jspecify.annotations.NullMarked;
