/**
 * {@code ./platform bench}: runs the benchmarks and writes their results into the documents. Uses all packages but
 * {@code soak}.
 */
@NullMarked
package io.reverser.bench;

import org.jspecify.annotations.NullMarked;
