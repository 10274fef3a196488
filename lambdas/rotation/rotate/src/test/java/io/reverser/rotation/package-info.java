@NullMarked
package io.reverser.rotation;

import org.jspecify.annotations.NullMarked;
