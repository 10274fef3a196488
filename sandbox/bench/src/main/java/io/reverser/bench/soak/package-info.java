/**
 * {@code ./platform soak}: mixed work at the whole sandbox while faults are injected, and then an exact account. Uses all
 * packages below it, {@code host}, {@code reconciliation} and {@code report}.
 */
@NullMarked
package io.reverser.bench.soak;

import org.jspecify.annotations.NullMarked;
