/**
 * The function that rotates the database password in maintenance windows: handler, configuration and wiring. May use
 * all subpackages.
 */
@NullMarked
package io.reverser.rotation.rotator;

import org.jspecify.annotations.NullMarked;
