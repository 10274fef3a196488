package io.reverser.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.runner.cluster.ReverserCluster;
import io.reverser.runner.process.ItFolder;
import io.reverser.simulators.LoopbackPort;
import io.reverser.simulators.database.MariaDbServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests {@code ./platform up} as its user sees it: as a process in a terminal that is stopped with Ctrl-C. */
class UpCommandIT {

    private final List<Process> started = new ArrayList<>();

    /** Ends the processes that a test left running. */
    @AfterEach
    void stop() {
        started.forEach(process -> {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        });
    }

    @Test
    void servesUntilCtrlCAndLeavesNoProcess() throws Exception {
        int port = LoopbackPort.free();
        Process up = up(port, Map.of());
        String seen = readUntil(up, "Press Ctrl-C to stop everything.");
        assertThat(seen).contains("starting MariaDB", "pods of the reverser", "http://localhost:" + port, "/#tour");
        List<ProcessHandle> parts = up.descendants().toList();
        assertThat(parts).hasSizeGreaterThanOrEqualTo(1 + ReverserCluster.REPLICAS);
        assertThat(get(port, "")).isEqualTo("127.0.0.1\n1.0.0.127\n");

        interrupt(up);

        assertThat(up.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(up.exitValue()).isEqualTo(128 + 2);
        assertThat(parts).noneMatch(ProcessHandle::isAlive);
    }

    /** Without the folder lock, a second start would delete the data of the first sandbox. */
    @Test
    void refusesToStartTwiceInOneCheckout() throws Exception {
        try (var _ = FolderLock.acquire(ItFolder.PATH);
                var database = MariaDbServer.start(ItFolder.PATH.resolve("mariadb"))) {
            assertThat(onlyWords(up(LoopbackPort.free(), Map.of())))
                    .startsWith("platform: Another sandbox runs in ")
                    .contains("(process " + ProcessHandle.current().pid() + ")", "stop it first");
            database.connect().close();
        }
    }

    @Test
    void reportsATakenPortInOneLine() throws Exception {
        try (var taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            assertThat(onlyWords(up(taken.getLocalPort(), Map.of())))
                    .startsWith("platform: Port " + taken.getLocalPort() + " cannot be used")
                    .contains("./platform up --port ");
        }
    }

    @Test
    void exitsWithTheReasonWhenAPartFails() throws Exception {
        Process up = up(LoopbackPort.free(), Map.of("REVERSER_CALLER_TRUSTED_PROXIES", "everybody"));
        assertThat(up.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(up.exitValue()).isEqualTo(1);
        assertThat(everything(up)).contains("'everybody' is not an address range; write it like 10.0.0.0/16");
    }

    /**
     * Starts {@code up}, and resets ignored signals: a background job of a script ignores Ctrl-C, and the child
     * processes inherit this.
     */
    private Process up(int port, Map<String, String> environment) throws IOException {
        var builder = new ProcessBuilder("env", "--default-signal=INT").redirectErrorStream(true);
        builder.command().addAll(UpProcess.command(port, ItFolder.PATH));
        builder.environment().putAll(environment);
        Process up = builder.start();
        started.add(up);
        return up;
    }

    private static String readUntil(Process process, String text) throws IOException {
        var seen = new StringBuilder();
        var reader = process.inputReader();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            seen.append(line).append('\n');
            if (line.contains(text)) {
                return seen.toString();
            }
        }
        throw new AssertionError("It exited without printing '" + text + "': " + seen);
    }

    /** Waits until {@code up} has failed, and returns its only line of output. */
    private static String onlyWords(Process up) throws Exception {
        assertThat(up.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(up.exitValue()).isEqualTo(1);
        List<String> lines = everything(up).lines().toList();
        assertThat(lines).hasSize(1);
        return lines.getFirst();
    }

    private static String everything(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void interrupt(Process process) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", String.valueOf(process.pid()))
                .start()
                .waitFor();
    }

    private static String get(int port, String path) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/" + path))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        }
    }
}
