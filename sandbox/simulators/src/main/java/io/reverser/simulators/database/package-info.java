/**
 * Real database servers, MySQL and MariaDB, on loopback ports. This package depends on {@code tls} and the root
 * package.
 */
@NullMarked
package io.reverser.simulators.database;

import org.jspecify.annotations.NullMarked;
