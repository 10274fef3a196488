package io.reverser.simulators;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultyLinkTest {

    private ServerSocket server;
    private FaultyLink link;

    @BeforeEach
    void open() throws IOException {
        server = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
        link = FaultyLink.to(server.getLocalPort());
    }

    @AfterEach
    void close() throws IOException {
        link.close();
        server.close();
    }

    /** However soon after the client came. */
    @Test
    void cutsEveryConnection() throws IOException {
        for (int i = 0; i < 100; i++) {
            try (Socket client = connected()) {
                pauseFor(i % 30);
                link.sever();
                assertThat(client.getInputStream().read()).isNegative();
            } finally {
                link.restore();
            }
        }
    }

    @Test
    void carriesAgainWhenItIsRestored() throws IOException {
        link.sever();
        try (Socket refused = connected()) {
            assertThat(refused.getInputStream().read()).isNegative();
        }
        link.restore();
        try (Socket client = connected();
                Socket other = server.accept()) {
            client.getOutputStream().write(7);
            assertThat(other.getInputStream().read()).isEqualTo(7);
            other.getOutputStream().write(8);
            assertThat(client.getInputStream().read()).isEqualTo(8);
        }
    }

    private Socket connected() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), link.port());
        socket.setSoTimeout(5000);
        return socket;
    }

    private static void pauseFor(int tensOfMicroseconds) {
        long end = System.nanoTime() + tensOfMicroseconds * 10_000L;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }
}
