/**
 * {@code ./platform soak}: a mixed workload on the whole sandbox with injected faults, and then an exact
 * reconciliation. Uses all packages in {@code soak}, and the packages {@code host}, {@code reconciliation} and
 * {@code report}.
 */
@NullMarked
package io.reverser.bench.soak;

import org.jspecify.annotations.NullMarked;
