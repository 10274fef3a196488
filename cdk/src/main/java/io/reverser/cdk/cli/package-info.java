/**
 * The commands of {@code ./platform}, each a class with a {@code main} method. They may use every other package; no
 * other package uses them.
 */
@NullMarked
package io.reverser.cdk.cli;

import org.jspecify.annotations.NullMarked;
