/** The connection pool to MySQL, and the availability of the database. Uses no other package. */
@NullMarked
package io.reverser.reverser.database;

import org.jspecify.annotations.NullMarked;
