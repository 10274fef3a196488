/** The commands of {@code ./platform}, each with a {@code main}. May use every package; none uses it. */
@NullMarked
package io.reverser.cdk.cli;

import org.jspecify.annotations.NullMarked;
