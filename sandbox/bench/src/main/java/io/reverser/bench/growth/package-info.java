/**
 * Measures how the reverser's costs grow with its work, and with less memory or fewer CPUs. Uses the packages
 * {@code comparison}, {@code host}, {@code load}, {@code report} and {@code server}.
 */
@NullMarked
package io.reverser.bench.growth;

import org.jspecify.annotations.NullMarked;
