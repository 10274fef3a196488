@NullMarked
package io.reverser.bench.soak.report;

import org.jspecify.annotations.NullMarked;
