@NullMarked
package io.reverser.rotation.rotator.database;

import org.jspecify.annotations.NullMarked;
