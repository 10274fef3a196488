@NullMarked
package io.reverser.bench.comparison;

import org.jspecify.annotations.NullMarked;
