/** The connection pool to MySQL, and whether the database can be reached. It uses no other package. */
@NullMarked
package io.reverser.reverser.database;

import org.jspecify.annotations.NullMarked;
