/** The clock of the app, and a check of its start. Uses no other package. */
@NullMarked
package io.reverser.reverser;

import org.jspecify.annotations.NullMarked;
