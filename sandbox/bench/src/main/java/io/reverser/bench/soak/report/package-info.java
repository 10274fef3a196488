/**
 * The report of a soak and its charts. Uses the packages {@code scenario}, {@code run}, {@code observation},
 * {@code reconciliation}, {@code report} and {@code host}.
 */
@NullMarked
package io.reverser.bench.soak.report;

import org.jspecify.annotations.NullMarked;
