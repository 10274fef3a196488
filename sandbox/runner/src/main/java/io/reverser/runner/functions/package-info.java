@NullMarked
package io.reverser.runner.functions;

import org.jspecify.annotations.NullMarked;
