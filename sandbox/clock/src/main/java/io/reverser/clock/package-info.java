/** A clock that a user or a test can move for all processes of the sandbox at once. */
@NullMarked
package io.reverser.clock;

import org.jspecify.annotations.NullMarked;
