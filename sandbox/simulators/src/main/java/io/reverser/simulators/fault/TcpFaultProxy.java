package io.reverser.simulators.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A TCP proxy on loopback in front of a server on this machine. Tests use it to disconnect a client from a real
 * server, to delay responses, and to lose a response.
 */
public final class TcpFaultProxy implements AutoCloseable {

    private final int targetPort;
    private final ServerSocket listener;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicReference<@Nullable String> responseToDrop = new AtomicReference<>();
    private volatile boolean disconnected;
    private volatile Duration latency = Duration.ZERO;

    private TcpFaultProxy(int targetPort, ServerSocket listener) {
        this.targetPort = targetPort;
        this.listener = listener;
    }

    /** Starts a proxy on a free loopback port for the server at {@code targetPort}. */
    public static TcpFaultProxy to(int targetPort) {
        try {
            var proxy = new TcpFaultProxy(targetPort, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            Thread.ofVirtual().start(proxy::accept);
            return proxy;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Closes all connections, and closes each new connection immediately, until {@link #restore}. */
    public void disconnect() {
        disconnected = true;
        sockets.forEach(TcpFaultProxy::close);
    }

    /** Delays all data from the server; with a long delay, the server seems to hang. */
    public void delayResponses(Duration latency) {
        this.latency = latency;
    }

    /**
     * Forwards the next request that contains {@code text}, and closes the connection instead of forwarding the
     * response: the server has executed the request, but the client cannot know that.
     */
    public void dropResponseTo(String text) {
        responseToDrop.set(text);
    }

    /** Whether the request of {@link #dropResponseTo} has been forwarded, so that the response to it will be lost. */
    public boolean isResponseDropped() {
        return responseToDrop.get() == null;
    }

    /** Forwards data again: ends {@link #disconnect} and removes the delay. */
    public void restore() {
        latency = Duration.ZERO;
        disconnected = false;
    }

    @Override
    public void close() {
        close(listener);
        disconnect();
    }

    private void accept() {
        try {
            while (true) {
                connect(listener.accept());
            }
        } catch (IOException closed) {
            // The proxy has been closed and accepts no more connections.
        }
    }

    private void connect(Socket client) {
        if (disconnected) {
            close(client);
            return;
        }
        try {
            Socket server = new Socket(InetAddress.getLoopbackAddress(), targetPort);
            sockets.add(client);
            sockets.add(server);
            forward(new Connection(client, server));
            if (disconnected) {
                // disconnect() was called in the meantime and may have missed these two sockets.
                close(client);
                close(server);
            }
        } catch (IOException unreachable) {
            close(client);
        }
    }

    private void forward(Connection connection) {
        Thread.ofVirtual().start(() -> copy(connection, connection.client, connection.server, true));
        Thread.ofVirtual().start(() -> copy(connection, connection.server, connection.client, false));
    }

    private void copy(Connection connection, Socket from, Socket to, boolean request) {
        byte[] buffer = new byte[64 * 1024];
        try (from;
                to) {
            for (int n; (n = from.getInputStream().read(buffer)) > 0; ) {
                if (request) {
                    armResponseDrop(connection, new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
                } else if (connection.dropsResponse) {
                    return;
                } else {
                    Thread.sleep(latency);
                }
                to.getOutputStream().write(buffer, 0, n);
            }
        } catch (IOException | InterruptedException ended) {
            // The client, the server or the test closed a socket. Closing both sockets ends the other direction too.
        } finally {
            sockets.remove(from);
        }
    }

    private void armResponseDrop(Connection connection, String text) {
        String marker = responseToDrop.get();
        if (marker != null && text.contains(marker)) {
            connection.dropsResponse = true;
            responseToDrop.set(null);
        }
    }

    private static void close(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception alreadyGone) {
            // Nothing to do: the socket is closed even if close() fails.
        }
    }

    private static final class Connection {
        private final Socket client;
        private final Socket server;
        private volatile boolean dropsResponse;

        private Connection(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }
    }
}
