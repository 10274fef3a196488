@NullMarked
package io.reverser.rotation.plan;

import org.jspecify.annotations.NullMarked;
