package io.reverser.simulators;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;

/** Creates the JDK's HTTP servers on loopback, with a virtual thread for each request. */
public final class LoopbackServer {

    private LoopbackServer() {}

    /** Creates an HTTP server on a free port without starting it. */
    public static HttpServer create() {
        return create(0);
    }

    /** Creates an HTTP server on the given port without starting it. */
    public static HttpServer create(int port) {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            return server;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
