/**
 * The sandbox: the platform on a laptop. Starts every part from its package, and stops all of them. Uses all
 * subpackages.
 */
@NullMarked
package io.reverser.runner;

import org.jspecify.annotations.NullMarked;
