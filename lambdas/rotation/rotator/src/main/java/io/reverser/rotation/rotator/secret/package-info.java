@NullMarked
package io.reverser.rotation.rotator.secret;

import org.jspecify.annotations.NullMarked;
