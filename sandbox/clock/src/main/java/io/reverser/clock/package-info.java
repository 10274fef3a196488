/** A clock that can be moved, in all processes of the sandbox at once. */
@NullMarked
package io.reverser.clock;

import org.jspecify.annotations.NullMarked;
