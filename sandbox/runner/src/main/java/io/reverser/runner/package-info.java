/** The platform on a laptop: starts every part from its package, and stops all of it again. */
@NullMarked
package io.reverser.runner;

import org.jspecify.annotations.NullMarked;
