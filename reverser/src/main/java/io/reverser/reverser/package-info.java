@NullMarked
package io.reverser.reverser;

import org.jspecify.annotations.NullMarked;
