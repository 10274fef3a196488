package io.reverser.runner;

import io.reverser.runner.Sandbox.Running;
import io.reverser.runner.process.Ports;
import io.reverser.runner.process.SandboxException;
import io.reverser.runner.process.SandboxJvm;
import io.reverser.simulators.database.DatabaseDidNotStart;
import java.nio.file.Path;

/**
 * The command {@code ./platform up}: until Ctrl-C, runs the packaged reverser with a real database, and the packaged
 * functions with a simulated AWS and Slack.
 */
public final class UpCommand {

    private UpCommand() {}

    /**
     * Runs the sandbox until Ctrl-C. Arguments: the repository's folder, the port for callers, and the folder for data
     * and logs.
     */
    public static void main(String[] arguments) throws InterruptedException {
        SandboxJvm.prepare();
        Path repository = Path.of(arguments[0]).toAbsolutePath().normalize();
        Path home = Path.of(arguments[2]).toAbsolutePath().normalize();
        try (var sandbox = new Sandbox(repository, home, UpCommand::print)) {
            Runtime.getRuntime().addShutdownHook(new Thread(sandbox::close));
            int port = Integer.parseInt(arguments[1]);
            Ports.requireTwoFree(port);
            start(sandbox, port);
            sandbox.awaitClose();
        } catch (SandboxException | DatabaseDidNotStart failure) {
            System.err.println("platform: " + failure.getMessage());
            System.exit(1);
        }
    }

    /**
     * Starts the sandbox. Ignores the failure of a part to start after Ctrl-C, because Ctrl-C in a terminal also ends
     * the child processes.
     */
    private static void start(Sandbox sandbox, int port) {
        try {
            print(banner(sandbox.start(port, port + 1)));
        } catch (SandboxException failure) {
            if (!sandbox.isClosed()) {
                throw failure;
            }
        }
    }

    private static String banner(Running running) {
        return """
                up

                  Tour           %1$s/#tour   shows the platform in five steps
                  Slack          %1$s         request access, fire alarms, rotate the database password
                  Reverser       http://localhost:%2$d         curl localhost:%2$d
                  OpenAPI        http://localhost:%2$d/q/openapi
                  Health         %3$s/q/health         of its first pod
                  Metrics        %3$s/q/metrics
                  Logs           %4$s

                Press Ctrl-C to stop everything.
                """.formatted(
                        running.page().uri().toString().replaceFirst("/$", ""),
                        running.cluster().port(),
                        running.cluster().firstPodPorts().managementAddress(),
                        running.cluster().pods().logs());
    }

    private static void print(String text) {
        System.out.println("platform: " + text);
    }
}
