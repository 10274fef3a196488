@NullMarked
package io.reverser.runner.process;

import org.jspecify.annotations.NullMarked;
