@NullMarked
package io.reverser.rotation.rotator.reconcile;

import org.jspecify.annotations.NullMarked;
