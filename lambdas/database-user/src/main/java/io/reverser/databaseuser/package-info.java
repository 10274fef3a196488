/** Creates the account of the application in the database. */
@NullMarked
package io.reverser.databaseuser;

import org.jspecify.annotations.NullMarked;
