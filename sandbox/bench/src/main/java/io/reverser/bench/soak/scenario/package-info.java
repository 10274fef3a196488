@NullMarked
package io.reverser.bench.soak.scenario;

import org.jspecify.annotations.NullMarked;
