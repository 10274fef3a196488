/**
 * The packaged reverser as a process on this machine, and the training of its AOT cache. Uses no other package of the
 * runner.
 */
@NullMarked
package io.reverser.runner.process;

import org.jspecify.annotations.NullMarked;
