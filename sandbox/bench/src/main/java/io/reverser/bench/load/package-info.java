@NullMarked
package io.reverser.bench.load;

import org.jspecify.annotations.NullMarked;
