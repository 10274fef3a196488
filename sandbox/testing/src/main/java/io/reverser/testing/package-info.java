/**
 * The {@code test} command of the launcher: selects tests, runs Maven, and reports the results. The launcher runs
 * {@link io.reverser.testing.TestCommand} from its source code, because the command runs before Maven compiles
 * anything. So this package uses only the JDK.
 */
@NullMarked
package io.reverser.testing;

import org.jspecify.annotations.NullMarked;
