/** Real database servers, MySQL and MariaDB, on ports of loopback. It uses {@code tls}. */
@NullMarked
package io.reverser.simulators.database;

import org.jspecify.annotations.NullMarked;
