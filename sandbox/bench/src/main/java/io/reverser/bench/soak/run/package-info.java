@NullMarked
package io.reverser.bench.soak.run;

import org.jspecify.annotations.NullMarked;
