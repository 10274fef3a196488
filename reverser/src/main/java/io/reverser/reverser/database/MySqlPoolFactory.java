package io.reverser.reverser.database;

import io.quarkus.reactive.mysql.client.MySQLPoolCreator;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.mysqlclient.MySQLBuilder;
import io.vertx.mysqlclient.MySQLConnectOptions;
import io.vertx.mysqlclient.SslMode;
import io.vertx.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * Creates the connection pool, with verified TLS, passwords that may contain any character, and a bounded queue of
 * requests that wait for a connection.
 */
@Singleton
public class MySqlPoolFactory implements MySQLPoolCreator {

    /**
     * The number of requests that may wait for a connection; further requests get unknown visits at once, instead of
     * queueing behind a slow database.
     */
    private static final int MAX_WAIT_QUEUE_SIZE = 1000;

    /**
     * The pool would not cancel its timer when a connection fails, and the timer would log an error with a stack trace
     * for each request in an outage (eclipse-vertx/vertx-sql-client#1706). All users of the pool have timeouts.
     */
    private static final int NO_TIMEOUT = 0;

    private final DatabaseConfig config;
    private final String password;

    MySqlPoolFactory(DatabaseConfig config, Config environment) {
        this.config = config;
        this.password = readPassword(environment);
    }

    @Override
    public Pool create(Input input) {
        return MySQLBuilder.pool(pool -> pool.using(input.vertx())
                .with(input.poolOptions()
                        .setMaxWaitQueueSize(MAX_WAIT_QUEUE_SIZE)
                        .setConnectionTimeout(NO_TIMEOUT))
                .connectingTo(configure(input.mySQLConnectOptionsList().getFirst())));
    }

    private MySQLConnectOptions configure(MySQLConnectOptions options) {
        int idleTimeout = (int) config.idleTimeout().toMillis();
        options.setHost(config.host())
                .setPort(config.port())
                .setDatabase(config.name())
                .setUser(config.user())
                .setPassword(password)
                .setSslMode(config.tls())
                .setHostnameVerificationAlgorithm(config.tls() == SslMode.VERIFY_IDENTITY ? "HTTPS" : "")
                .setIdleTimeout(idleTimeout)
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setConnectTimeout(idleTimeout);
        config.certificateAuthority()
                .ifPresent(file -> options.setTrustOptions(new PemTrustOptions().addCertPath(file)));
        return options;
    }

    /**
     * Reads the raw value of the password, because a password may contain text that looks like a configuration
     * expression.
     */
    private static String readPassword(Config environment) {
        @Nullable String password = environment.getConfigValue("MYSQL_PASSWORD").getRawValue();
        if (password == null) {
            throw new IllegalArgumentException("MYSQL_PASSWORD is not set");
        }
        return password;
    }
}
