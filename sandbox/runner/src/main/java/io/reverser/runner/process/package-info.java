/** The packaged reverser as a process on this machine, and its AOT training. Uses no other package of the runner. */
@NullMarked
package io.reverser.runner.process;

import org.jspecify.annotations.NullMarked;
