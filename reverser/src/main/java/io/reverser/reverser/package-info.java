/** The clock of the app. Uses no other package. */
@NullMarked
package io.reverser.reverser;

import org.jspecify.annotations.NullMarked;
