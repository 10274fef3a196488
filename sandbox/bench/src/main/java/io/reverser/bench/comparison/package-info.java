/**
 * The reverser's speed and memory, compared with the alternatives on one machine. Uses {@code host}, {@code load},
 * {@code report} and {@code server}.
 */
@NullMarked
package io.reverser.bench.comparison;

import org.jspecify.annotations.NullMarked;
