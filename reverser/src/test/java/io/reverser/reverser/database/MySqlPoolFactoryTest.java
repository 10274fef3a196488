package io.reverser.reverser.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.reactive.mysql.client.MySQLPoolCreator;
import io.reverser.simulators.LoopbackPort;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import io.vertx.mysqlclient.MySQLConnectOptions;
import io.vertx.mysqlclient.SslMode;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MySqlPoolFactoryTest {

    private static final Duration CONNECTION_TIMEOUT = Duration.ofMillis(200);

    /** Vert.x logs each uncaught exception as an error with a stack trace. */
    @Test
    void aFailedRequestCausesNoUncaughtExceptionLater() throws Exception {
        var uncaught = new CopyOnWriteArrayList<Throwable>();
        Vertx vertx = Vertx.vertx().exceptionHandler(uncaught::add);
        try {
            Pool pool = factory().create(new Input(vertx));
            assertThatThrownBy(() -> pool.query("SELECT 1")
                            .execute()
                            .toCompletionStage()
                            .toCompletableFuture()
                            .get(30, TimeUnit.SECONDS))
                    .hasMessageContaining("Connection refused");
            Thread.sleep(CONNECTION_TIMEOUT.multipliedBy(5));
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        }
        assertThat(uncaught).isEmpty();
    }

    private static MySqlPoolFactory factory() {
        var environment = new SmallRyeConfigBuilder()
                .withDefaultValues(Map.of("MYSQL_PASSWORD", "none"))
                .build();
        return new MySqlPoolFactory(new NoServer(LoopbackPort.free()), environment);
    }

    private record Input(Vertx vertx) implements MySQLPoolCreator.Input {

        @Override
        public PoolOptions poolOptions() {
            return new PoolOptions()
                    .setConnectionTimeout((int) CONNECTION_TIMEOUT.toMillis())
                    .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS);
        }

        @Override
        public List<MySQLConnectOptions> mySQLConnectOptionsList() {
            return List.of(new MySQLConnectOptions());
        }
    }

    private record NoServer(int port) implements DatabaseConfig {

        @Override
        public String host() {
            return "127.0.0.1";
        }

        @Override
        public String name() {
            return "none";
        }

        @Override
        public String user() {
            return "none";
        }

        @Override
        public SslMode tls() {
            return SslMode.DISABLED;
        }

        @Override
        public Optional<String> certificateAuthority() {
            return Optional.empty();
        }

        @Override
        public Duration idleTimeout() {
            return Duration.ofSeconds(10);
        }
    }
}
