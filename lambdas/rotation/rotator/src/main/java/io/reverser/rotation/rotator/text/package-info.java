/** The wording of triggers, reasons and failures. Uses no other package of the function. */
@NullMarked
package io.reverser.rotation.rotator.text;

import org.jspecify.annotations.NullMarked;
