/**
 * Compares the reverser with alternative servers on one machine. Uses the packages {@code host},
 * {@code load}, {@code report} and {@code server}.
 */
@NullMarked
package io.reverser.bench.comparison;

import org.jspecify.annotations.NullMarked;
