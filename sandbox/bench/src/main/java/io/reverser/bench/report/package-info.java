@NullMarked
package io.reverser.bench.report;

import org.jspecify.annotations.NullMarked;
