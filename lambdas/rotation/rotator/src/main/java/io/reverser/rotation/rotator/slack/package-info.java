@NullMarked
package io.reverser.rotation.rotator.slack;

import org.jspecify.annotations.NullMarked;
