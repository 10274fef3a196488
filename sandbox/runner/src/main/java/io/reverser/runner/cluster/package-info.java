@NullMarked
package io.reverser.runner.cluster;

import org.jspecify.annotations.NullMarked;
