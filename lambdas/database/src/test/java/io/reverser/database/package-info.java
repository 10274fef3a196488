@NullMarked
package io.reverser.database;

import org.jspecify.annotations.NullMarked;
