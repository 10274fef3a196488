/** The platform on a laptop: starts every part from its package, and stops all of them. Uses all packages below it. */
@NullMarked
package io.reverser.runner;

import org.jspecify.annotations.NullMarked;
