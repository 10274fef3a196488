package io.reverser.reverser.visits;

import io.quarkus.reactive.mysql.client.MySQLPoolCreator;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.mysqlclient.MySQLBuilder;
import io.vertx.mysqlclient.MySQLConnectOptions;
import io.vertx.mysqlclient.SslMode;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Makes the connection pool: verified TLS, and no connection that waits for ever. */
@Singleton
public class DatabaseConnections implements MySQLPoolCreator {

    /** Requests beyond these find their visits unknown at once, instead of queueing behind a slow database. */
    private static final int MAX_WAITING = 1000;

    private final DatabaseConfig config;

    DatabaseConnections(DatabaseConfig config) {
        this.config = config;
    }

    @Override
    public Pool create(Input input) {
        input.mySQLConnectOptionsList().forEach(this::secure);
        return MySQLBuilder.pool(pool -> pool.using(input.vertx())
                .with(input.poolOptions().setMaxWaitQueueSize(MAX_WAITING))
                .connectingTo(List.<SqlConnectOptions>copyOf(input.mySQLConnectOptionsList())));
    }

    private void secure(MySQLConnectOptions options) {
        int silence = (int) config.silenceAtMost().toMillis();
        options.setSslMode(config.tls())
                .setHostnameVerificationAlgorithm(config.tls() == SslMode.VERIFY_IDENTITY ? "HTTPS" : "")
                .setIdleTimeout(silence)
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setConnectTimeout(silence);
        config.certificateAuthority()
                .ifPresent(file -> options.setTrustOptions(new PemTrustOptions().addCertPath(file)));
    }
}
