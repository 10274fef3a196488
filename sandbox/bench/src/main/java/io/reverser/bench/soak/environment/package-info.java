@NullMarked
package io.reverser.bench.soak.environment;

import org.jspecify.annotations.NullMarked;
