/** Shared parts of the tests of the running app. */
@NullMarked
package io.reverser.reverser;

import org.jspecify.annotations.NullMarked;
