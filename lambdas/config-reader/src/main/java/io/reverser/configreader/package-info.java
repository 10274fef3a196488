/** Settings that people write, read so that every mistake is told at once. */
@NullMarked
package io.reverser.configreader;

import org.jspecify.annotations.NullMarked;
