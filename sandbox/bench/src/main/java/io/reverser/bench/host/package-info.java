@NullMarked
package io.reverser.bench.host;

import org.jspecify.annotations.NullMarked;
