/** Gives the application its own account in the database. */
@NullMarked
package io.reverser.database;

import org.jspecify.annotations.NullMarked;
