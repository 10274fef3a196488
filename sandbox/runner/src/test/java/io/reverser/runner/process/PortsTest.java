package io.reverser.runner.process;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverser.simulators.LoopbackPort;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void reportsWhichOfTheTwoPortsIsTaken() throws Exception {
        int port = LoopbackPort.free();
        try (var taken = new ServerSocket(port + 1, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> Ports.requireTwoFree(port))
                    .isInstanceOf(SandboxException.class)
                    .hasMessageStartingWith("Port " + taken.getLocalPort() + " cannot be used (Address already in use)")
                    .hasMessageContaining("up needs %d and %d".formatted(port, port + 1))
                    .hasMessageMatching(".*choose other ports: ./platform up --port \\d+");
        }
    }

    @Test
    void rejectsTheLastPortBecauseItHasNoNext() {
        assertThatThrownBy(() -> Ports.requireTwoFree(65_535)).hasMessageStartingWith("Port 65536 cannot be used");
    }
}
