/**
 * {@code ./platform soak}: a mixed workload on the whole sandbox with injected faults, and then an exact
 * reconciliation. Uses all packages below it, {@code host}, {@code reconciliation} and {@code report}.
 */
@NullMarked
package io.reverser.bench.soak;

import org.jspecify.annotations.NullMarked;
