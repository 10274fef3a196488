@NullMarked
package io.reverser.bench.soak.observation;

import org.jspecify.annotations.NullMarked;
