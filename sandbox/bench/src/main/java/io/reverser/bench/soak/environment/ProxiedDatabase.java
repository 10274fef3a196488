package io.reverser.bench.soak.environment;

import io.reverser.simulators.database.DatabaseServer;
import io.reverser.simulators.fault.TcpFaultProxy;
import java.nio.file.Path;
import java.util.Optional;

/** A database behind a TCP proxy, which can cut the network link. The soak's own queries bypass the proxy. */
public record ProxiedDatabase(DatabaseServer server, TcpFaultProxy proxy) implements DatabaseServer {

    static ProxiedDatabase of(DatabaseServer server) {
        return new ProxiedDatabase(server, TcpFaultProxy.to(server.port()));
    }

    @Override
    public int port() {
        return proxy.port();
    }

    @Override
    public Optional<Path> caFile() {
        return server.caFile();
    }

    @Override
    public String name() {
        return server.name();
    }

    @Override
    public void stop() {
        server.stop();
    }

    @Override
    public void restart() {
        server.restart();
    }

    @Override
    public void close() {
        proxy.close();
        server.close();
    }
}
