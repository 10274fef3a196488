package io.reverser.bench.soak;

import io.reverser.simulators.DatabaseServer;
import io.reverser.simulators.FaultyLink;
import java.nio.file.Path;
import java.util.Optional;

/** A database that its users reach by a link that can be cut; whoever keeps the accounts asks the server itself. */
record LinkedDatabase(DatabaseServer server, FaultyLink link) implements DatabaseServer {

    static LinkedDatabase of(DatabaseServer server) {
        return new LinkedDatabase(server, FaultyLink.to(server.port()));
    }

    @Override
    public int port() {
        return link.port();
    }

    @Override
    public Optional<Path> authority() {
        return server.authority();
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
        link.close();
        server.close();
    }
}
