package io.reverser.simulators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Starts child processes from a separate JVM, because this JVM can be killed and started with other environment
 * variables.
 */
class ChildProcessTest {

    private static final List<String> SLEEP = List.of("sleep", "600");

    @Test
    void endsWithItsJvmEvenIfThatIsKilled() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "requires setpriv of util-linux");
        Process jvm = jvm(Map.of(), SLEEP);
        ProcessHandle child = childOf(jvm);
        assertThat(child.isAlive()).isTrue();
        jvm.destroyForcibly().waitFor();
        await().until(() -> !child.isAlive());
    }

    @Test
    void survivesTheThreadThatStartedIt() throws Exception {
        var started = new Process[1];
        Thread.ofPlatform().start(() -> started[0] = startUnchecked(SLEEP)).join();
        Thread.sleep(100);
        assertThat(started[0].isAlive()).isTrue();
        started[0].destroyForcibly();
    }

    @Test
    void orphanIsKilledByALaterJvm() throws Exception {
        var builder = new ProcessBuilder(SLEEP);
        builder.environment().put(ChildProcess.OWNER_VARIABLE, "2147483647");
        Process orphan = builder.start();
        Process child = ChildProcess.start(new ProcessBuilder(SLEEP));
        ChildProcess.endOrphans();
        assertThat(orphan.isAlive()).isFalse();
        assertThat(child.isAlive()).isTrue();
        child.destroyForcibly();
    }

    @Test
    void removesProxyVariables() throws Exception {
        Process jvm = jvm(
                Map.of(
                        "http_proxy", "http://proxy.invalid:3128",
                        "HTTP_PROXY", "http://proxy.invalid:3128",
                        "Https_Proxy", "http://proxy.invalid:3128",
                        "all_proxy", "socks5://proxy.invalid",
                        "JAVA_TOOL_OPTIONS", "-Dhttp.proxyHost=proxy.invalid",
                        "JDK_JAVA_OPTIONS", "-Dhttps.proxyHost=proxy.invalid",
                        "_JAVA_OPTIONS", "-DsocksProxyHost=proxy.invalid",
                        "KEPT", "as it is"),
                List.of("env"));
        String environment = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(environment).contains("KEPT=as it is").doesNotContain("proxy.invalid");
    }

    /**
     * The program of the separate JVM: starts a child process and runs as long as the child. The arguments are the
     * command of the child process.
     */
    public static void main(String[] command) throws Exception {
        ChildProcess.start(ChildProcess.onLoopback(List.of(command)).redirectOutput(ProcessBuilder.Redirect.INHERIT))
                .waitFor();
    }

    private static Process jvm(Map<String, String> environment, List<String> childCommand) throws IOException {
        var builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ChildProcessTest.class.getName());
        builder.command().addAll(childCommand);
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static ProcessHandle childOf(Process jvm) {
        return await().until(
                        () -> jvm.children()
                                .filter(child ->
                                        child.info().commandLine().orElse("").contains("sleep 600"))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private static Process startUnchecked(List<String> command) {
        try {
            return ChildProcess.start(new ProcessBuilder(command));
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
