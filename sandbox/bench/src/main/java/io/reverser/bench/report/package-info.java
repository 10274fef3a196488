/** Tables, objectives and charts of the documents. Uses only {@code host}. */
@NullMarked
package io.reverser.bench.report;

import org.jspecify.annotations.NullMarked;
