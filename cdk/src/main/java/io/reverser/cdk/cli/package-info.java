/**
 * The commands of {@code ./platform}, each with a {@code main}. May use every other package; no other package uses it.
 */
@NullMarked
package io.reverser.cdk.cli;

import org.jspecify.annotations.NullMarked;
