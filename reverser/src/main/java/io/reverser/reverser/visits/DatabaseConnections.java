package io.reverser.reverser.visits;

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

/** Makes the connection pool: verified TLS, any password, and no connection that waits for ever. */
@Singleton
public class DatabaseConnections implements MySQLPoolCreator {

    /** Requests beyond these find their visits unknown at once, instead of queueing behind a slow database. */
    private static final int MAX_WAITING = 1000;

    private final DatabaseConfig config;
    private final String password;

    DatabaseConnections(DatabaseConfig config, Config environment) {
        this.config = config;
        this.password = password(environment);
    }

    @Override
    public Pool create(Input input) {
        return MySQLBuilder.pool(pool -> pool.using(input.vertx())
                .with(input.poolOptions().setMaxWaitQueueSize(MAX_WAITING))
                .connectingTo(configured(input.mySQLConnectOptionsList().getFirst())));
    }

    private MySQLConnectOptions configured(MySQLConnectOptions options) {
        int silence = (int) config.silenceAtMost().toMillis();
        options.setHost(config.host())
                .setPort(config.port())
                .setDatabase(config.name())
                .setUser(config.user())
                .setPassword(password)
                .setSslMode(config.tls())
                .setHostnameVerificationAlgorithm(config.tls() == SslMode.VERIFY_IDENTITY ? "HTTPS" : "")
                .setIdleTimeout(silence)
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setConnectTimeout(silence);
        config.certificateAuthority()
                .ifPresent(file -> options.setTrustOptions(new PemTrustOptions().addCertPath(file)));
        return options;
    }

    /** The raw value, because a password may hold what would be an expression in any other setting. */
    private static String password(Config environment) {
        @Nullable String password = environment.getConfigValue("MYSQL_PASSWORD").getRawValue();
        if (password == null) {
            throw new IllegalArgumentException("MYSQL_PASSWORD is not set");
        }
        return password;
    }
}
