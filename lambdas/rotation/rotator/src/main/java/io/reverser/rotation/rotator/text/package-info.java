@NullMarked
package io.reverser.rotation.rotator.text;

import org.jspecify.annotations.NullMarked;
