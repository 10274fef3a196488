/** The clock of the whole app. It uses no other package. */
@NullMarked
package io.reverser.reverser;

import org.jspecify.annotations.NullMarked;
