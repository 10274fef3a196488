/** The packaged reverser as a process of this machine, and its training. Uses no other package of the sandbox's runner. */
@NullMarked
package io.reverser.runner.process;

import org.jspecify.annotations.NullMarked;
