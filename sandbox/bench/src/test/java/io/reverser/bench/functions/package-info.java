@NullMarked
package io.reverser.bench.functions;

import org.jspecify.annotations.NullMarked;
