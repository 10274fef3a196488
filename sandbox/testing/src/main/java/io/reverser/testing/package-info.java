/**
 * The launcher's {@code test} command: which tests to run, and what came of them. It decides what Maven builds, so Maven cannot build
 * it first: the launcher runs {@link io.reverser.testing.TestCommand} from its source. Hence nothing here but the JDK.
 */
@NullMarked
package io.reverser.testing;

import org.jspecify.annotations.NullMarked;
