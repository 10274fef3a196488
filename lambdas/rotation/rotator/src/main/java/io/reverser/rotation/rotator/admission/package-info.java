@NullMarked
package io.reverser.rotation.rotator.admission;

import org.jspecify.annotations.NullMarked;
