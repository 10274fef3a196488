package io.reverser.runner;

import io.reverser.runner.workspace.WorkspacePage;
import io.reverser.simulators.DatabaseDidNotStart;
import java.nio.file.Path;

/** {@code ./platform up}: the packaged reverser on a real database, and the functions in a Slack, until Ctrl-C. */
public final class Up {

    private Up() {}

    /** Arguments: the repository's folder and the port for callers. */
    public static void main(String[] arguments) throws InterruptedException {
        Path repository = Path.of(arguments[0]).toAbsolutePath().normalize();
        try (var sandbox = new Sandbox(repository.resolve("sandbox/runner/target/sandbox"), Up::say)) {
            Runtime.getRuntime().addShutdownHook(new Thread(sandbox::close));
            var ports = Ports.at(Integer.parseInt(arguments[1]));
            var reverser = sandbox.start(PackagedReverser.in(repository), ports);
            var workspace = sandbox.startFunctions(repository, ports.http() + 1);
            say(addresses(reverser, workspace));
            int exitCode = reverser.process().waitFor();
            if (!sandbox.isClosed()) {
                throw new SandboxFailure("The reverser ended with exit code " + exitCode + "; see " + reverser.log());
            }
        } catch (SandboxFailure | DatabaseDidNotStart failure) {
            System.err.println("platform: " + failure.getMessage());
            System.exit(1);
        }
    }

    private static String addresses(RunningReverser reverser, WorkspacePage workspace) {
        Ports ports = reverser.ports();
        return """
                up

                  Slack          %5$s         where access is asked for and alarms ring
                  The reverser   %1$s         curl %2$s
                  OpenAPI        %1$s/q/openapi
                  Health         %3$s/q/health
                  Metrics        %3$s/q/metrics
                  Log            %4$s

                Ctrl-C stops all of it.
                """.formatted(
                        ports.httpAddress(),
                        ports.httpAddress().getAuthority(),
                        ports.managementAddress(),
                        reverser.log(),
                        workspace.uri().toString().replaceFirst("/$", ""));
    }

    private static void say(String text) {
        System.out.println("platform: " + text);
    }
}
