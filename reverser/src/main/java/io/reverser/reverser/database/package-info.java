/** The connection pool to MySQL, and the availability of the database. It uses no other package. */
@NullMarked
package io.reverser.reverser.database;

import org.jspecify.annotations.NullMarked;
