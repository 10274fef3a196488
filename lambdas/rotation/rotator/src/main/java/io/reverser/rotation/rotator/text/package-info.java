/** Triggers, reasons and failures in words for people. Uses no other package of the function. */
@NullMarked
package io.reverser.rotation.rotator.text;

import org.jspecify.annotations.NullMarked;
