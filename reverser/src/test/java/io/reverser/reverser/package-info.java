/** What the tests of the running app share. */
@NullMarked
package io.reverser.reverser;

import org.jspecify.annotations.NullMarked;
