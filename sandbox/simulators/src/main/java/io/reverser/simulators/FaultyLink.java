package io.reverser.simulators;

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
 * A loopback TCP link to a server on this machine that can be made slow, silent or dead, so that a test can take
 * a real server away from its client and give it back.
 */
public final class FaultyLink implements AutoCloseable {

    private final int target;
    private final ServerSocket entrance;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicReference<@Nullable String> answerToLose = new AtomicReference<>();
    private volatile boolean severed;
    private volatile Duration latency = Duration.ZERO;

    private FaultyLink(int target, ServerSocket entrance) {
        this.target = target;
        this.entrance = entrance;
    }

    /** Opens a link from a free loopback port to the server at port {@code target}. */
    public static FaultyLink to(int target) {
        try {
            var link = new FaultyLink(target, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            Thread.ofVirtual().start(link::accept);
            return link;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public int port() {
        return entrance.getLocalPort();
    }

    /** Cuts every connection, and each new one at once, until {@link #restore}. */
    public void sever() {
        severed = true;
        sockets.forEach(FaultyLink::close);
    }

    /** Holds back everything the server says for this long; a long time makes the server seem to hang. */
    public void delayAnswers(Duration latency) {
        this.latency = latency;
    }

    /**
     * Lets the next request that contains {@code text} through to the server and cuts the connection instead of
     * delivering the answer: the server has done the work, and the client cannot know.
     */
    public void loseAnswerTo(String text) {
        answerToLose.set(text);
    }

    /** Whether the loss that {@link #loseAnswerTo} ordered has happened. */
    public boolean answerLost() {
        return answerToLose.get() == null;
    }

    /** Carries traffic again, at full speed. */
    public void restore() {
        latency = Duration.ZERO;
        severed = false;
    }

    @Override
    public void close() {
        close(entrance);
        sever();
    }

    private void accept() {
        try {
            while (true) {
                connect(entrance.accept());
            }
        } catch (IOException closed) {
            // Nobody is let in any more.
        }
    }

    private void connect(Socket client) {
        if (severed) {
            close(client);
            return;
        }
        try {
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            sockets.add(client);
            sockets.add(server);
            carry(new Connection(client, server));
            if (severed) {
                // Meanwhile, and whoever did that may not have found these two.
                close(client);
                close(server);
            }
        } catch (IOException away) {
            close(client);
        }
    }

    private void carry(Connection connection) {
        Thread.ofVirtual().start(() -> pump(connection, connection.client, connection.server, true));
        Thread.ofVirtual().start(() -> pump(connection, connection.server, connection.client, false));
    }

    private void pump(Connection connection, Socket from, Socket to, boolean request) {
        byte[] buffer = new byte[64 * 1024];
        try (from;
                to) {
            for (int n; (n = from.getInputStream().read(buffer)) > 0; ) {
                if (request) {
                    noticeRequest(connection, new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
                } else if (connection.losesAnswer) {
                    return;
                } else {
                    Thread.sleep(latency);
                }
                to.getOutputStream().write(buffer, 0, n);
            }
        } catch (IOException | InterruptedException ended) {
            // Either side hung up or the test cut the link; closing both sockets tells the other side.
        } finally {
            sockets.remove(from);
        }
    }

    private void noticeRequest(Connection connection, String text) {
        String marker = answerToLose.get();
        if (marker != null && text.contains(marker)) {
            connection.losesAnswer = true;
            answerToLose.set(null);
        }
    }

    private static void close(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception alreadyGone) {
            // Closing is all that was wanted.
        }
    }

    private static final class Connection {
        private final Socket client;
        private final Socket server;
        private volatile boolean losesAnswer;

        private Connection(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }
    }
}
