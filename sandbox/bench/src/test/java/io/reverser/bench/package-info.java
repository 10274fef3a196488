@NullMarked
package io.reverser.bench;

import org.jspecify.annotations.NullMarked;
