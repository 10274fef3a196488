package io.reverser.reverser.database;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.vertx.mysqlclient.SslMode;
import java.time.Duration;
import java.util.Optional;

/** Where the database is and how it is reached; the password is {@code MYSQL_PASSWORD}, read as it is. */
@ConfigMapping(prefix = "reverser.database")
public interface DatabaseConfig {

    String host();

    int port();

    String name();

    String user();

    /** {@code verify-identity} in production; anything weaker lets an attacker in the middle read along. */
    SslMode tls();

    /** A PEM file of the authorities that sign the server's certificate; without it the JDK's own are asked. */
    Optional<String> certificateAuthority();

    /**
     * How long a connection may be silent before it is closed. A server that vanished without a word, as in a
     * fail-over, is noticed after this time; shorter than {@code reverser.visits.flush-every}, every flush reconnects.
     */
    @WithDefault("10s")
    Duration idleTimeout();
}
