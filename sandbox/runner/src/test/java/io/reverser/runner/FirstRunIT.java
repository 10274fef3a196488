package io.reverser.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reverser.runner.process.ItFolder;
import io.reverser.simulators.LoopbackPort;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Tests {@code ./platform up} on a machine that differs from the developers' machines. */
class FirstRunIT {

    private static final String NOTHING_THERE = "127.0.0.1:9";

    /**
     * The proxy settings of a company laptop, but stricter: the list of hosts without a proxy is empty, so JVMs call
     * even localhost through the proxy.
     */
    private static final Map<String, String> PROXIES = Map.of(
            "http_proxy", "http://" + NOTHING_THERE,
            "HTTP_PROXY", "http://" + NOTHING_THERE,
            "https_proxy", "http://" + NOTHING_THERE,
            "ALL_PROXY", "http://" + NOTHING_THERE,
            "no_proxy", "",
            "JAVA_TOOL_OPTIONS",
                    "-Dhttp.proxyHost=127.0.0.1 -Dhttp.proxyPort=9 -Dhttp.nonProxyHosts="
                            + " -Dhttps.proxyHost=127.0.0.1 -Dhttps.proxyPort=9");

    @Test
    void startsInAnyFolderBehindAnyProxyAndLeavesNoProcessWhenKilled() throws Exception {
        Path home = ItFolder.PATH
                .resolve("my own $HOME's 100% \"späße\"; all of it")
                .resolve("x".repeat(60));
        var builder = new ProcessBuilder(UpProcess.command(LoopbackPort.free(), home)).redirectErrorStream(true);
        builder.environment().putAll(PROXIES);
        Process up = builder.start();
        try (var lines = up.inputReader()) {
            assertThat(lines.lines()
                            .takeWhile(line -> !line.contains("Press Ctrl-C to stop everything."))
                            .collect(Collectors.joining("\n")))
                    .contains("Tour ");
            List<ProcessHandle> parts = up.descendants().toList();
            up.destroyForcibly();
            await().until(() -> parts.stream().noneMatch(ProcessHandle::isAlive));
        } finally {
            up.descendants().forEach(ProcessHandle::destroyForcibly);
            up.destroyForcibly();
        }
    }
}
