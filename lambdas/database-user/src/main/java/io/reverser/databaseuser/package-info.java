/** Gives the application its own account in the database. */
@NullMarked
package io.reverser.databaseuser;

import org.jspecify.annotations.NullMarked;
