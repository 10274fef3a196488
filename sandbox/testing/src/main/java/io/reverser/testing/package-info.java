/**
 * The {@code test} command of the launcher: selects tests, runs Maven and reports. The launcher runs {@link
 * io.reverser.testing.TestCommand} from its source, because it runs before Maven compiles anything. So this package
 * uses nothing but the JDK.
 */
@NullMarked
package io.reverser.testing;

import org.jspecify.annotations.NullMarked;
