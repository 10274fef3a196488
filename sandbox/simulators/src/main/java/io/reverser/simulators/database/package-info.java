/** Real database servers, MySQL and MariaDB, on loopback ports. It uses {@code tls} and the root package. */
@NullMarked
package io.reverser.simulators.database;

import org.jspecify.annotations.NullMarked;
