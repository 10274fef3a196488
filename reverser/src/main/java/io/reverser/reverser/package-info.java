/** The clock of the app. It uses no other package. */
@NullMarked
package io.reverser.reverser;

import org.jspecify.annotations.NullMarked;
