/**
 * The tables, objectives and charts that the benchmarks write into the documents. Uses only the package {@code host}.
 */
@NullMarked
package io.reverser.bench.report;

import org.jspecify.annotations.NullMarked;
