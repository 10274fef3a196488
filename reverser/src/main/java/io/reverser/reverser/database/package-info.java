@NullMarked
package io.reverser.reverser.database;

import org.jspecify.annotations.NullMarked;
