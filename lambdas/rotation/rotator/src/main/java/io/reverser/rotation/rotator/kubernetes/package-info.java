@NullMarked
package io.reverser.rotation.rotator.kubernetes;

import org.jspecify.annotations.NullMarked;
