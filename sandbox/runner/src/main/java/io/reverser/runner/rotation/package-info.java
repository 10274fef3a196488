@NullMarked
package io.reverser.runner.rotation;

import org.jspecify.annotations.NullMarked;
