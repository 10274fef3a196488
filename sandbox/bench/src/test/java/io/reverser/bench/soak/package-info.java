@NullMarked
package io.reverser.bench.soak;

import org.jspecify.annotations.NullMarked;
