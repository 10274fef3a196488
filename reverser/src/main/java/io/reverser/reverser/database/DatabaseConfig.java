package io.reverser.reverser.database;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.vertx.mysqlclient.SslMode;
import java.time.Duration;
import java.util.Optional;

/**
 * The settings of the connection to the database. The password comes from the environment variable
 * {@code MYSQL_PASSWORD}, which is read without expanding configuration expressions.
 */
@ConfigMapping(prefix = "reverser.database")
public interface DatabaseConfig {

    String host();

    int port();

    String name();

    String user();

    /**
     * The TLS mode, which is {@code verify-identity} in production; any weaker mode allows a man in the middle to read
     * the traffic.
     */
    SslMode tls();

    /** A PEM file of the certificate authorities for the server's certificate; by default, those of the JDK. */
    Optional<String> certificateAuthority();

    /**
     * How long a connection may be idle before it is closed. A server that disappeared without closing the connection,
     * as in a failover, is detected after this time. If this time is shorter than the setting
     * {@code reverser.visits.flush-every}, every flush opens a new connection.
     */
    @WithDefault("10s")
    Duration idleTimeout();
}
