@NullMarked
package io.reverser.bench.server;

import org.jspecify.annotations.NullMarked;
