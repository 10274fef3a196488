@NullMarked
package io.reverser.simulators.database;

import org.jspecify.annotations.NullMarked;
