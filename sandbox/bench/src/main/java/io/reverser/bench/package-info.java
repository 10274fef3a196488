/** The reverser's speed and memory, measured side by side with the alternatives on one machine. */
@NullMarked
package io.reverser.bench;

import org.jspecify.annotations.NullMarked;
