package io.reverser.simulators.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TcpFaultProxyTest {

    private ServerSocket server;
    private TcpFaultProxy proxy;

    @BeforeEach
    void open() throws IOException {
        server = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
        proxy = TcpFaultProxy.to(server.getLocalPort());
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
        server.close();
    }

    /** Disconnecting must also close connections that are still being set up. */
    @Test
    void closesEveryConnection() throws IOException {
        for (int i = 0; i < 100; i++) {
            try (Socket client = connected()) {
                pauseFor(i % 30);
                proxy.disconnect();
                assertThat(client.getInputStream().read()).isNegative();
            } finally {
                proxy.restore();
            }
        }
    }

    @Test
    void forwardsAgainAfterRestore() throws IOException {
        proxy.disconnect();
        try (Socket refused = connected()) {
            assertThat(refused.getInputStream().read()).isNegative();
        }
        proxy.restore();
        try (Socket client = connected();
                Socket other = server.accept()) {
            client.getOutputStream().write(7);
            assertThat(other.getInputStream().read()).isEqualTo(7);
            other.getOutputStream().write(8);
            assertThat(client.getInputStream().read()).isEqualTo(8);
        }
    }

    private Socket connected() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
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
