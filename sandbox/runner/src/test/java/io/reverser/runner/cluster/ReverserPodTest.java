package io.reverser.runner.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.reverser.runner.process.Ports;
import io.reverser.runner.process.RunningReverser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests a pod whose process answers only the readiness probe. */
class ReverserPodTest {

    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger probes = new AtomicInteger();
    private final HttpClient http = HttpClient.newHttpClient();
    private HttpServer probe;
    private Process process;
    private ReverserPod pod;

    @BeforeEach
    void start() throws IOException {
        probe = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        probe.createContext("/", exchange -> {
            probes.incrementAndGet();
            exchange.sendResponseHeaders(failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0 ? 503 : 200, -1);
            exchange.close();
        });
        probe.start();
        process = new ProcessBuilder("sleep", "60").start();
        var ports = new Ports(0, probe.getAddress().getPort());
        pod = new ReverserPod(
                new RunningReverser(process, ports, Path.of("none.log")), new ReverserCredentials("user", "password"));
        pod.startProbing(http);
        await().until(pod::isReady);
    }

    @AfterEach
    void stop() {
        process.destroyForcibly();
        probe.stop(0);
        http.shutdownNow();
    }

    @Test
    void staysReadyWhenOneProbeFails() {
        failures.set(1);
        int before = probes.get();
        await().pollInterval(Duration.ofMillis(5)).until(() -> {
            assertThat(pod.isReady()).isTrue();
            return probes.get() > before + 3;
        });
        assertThat(failures.get()).isZero();
    }

    @Test
    void isNotReadyAfterTwoFailedProbes() {
        failures.set(1000);
        await().until(() -> !pod.isReady());
        failures.set(0);
        await().until(pod::isReady);
    }
}
