package io.reverser.testing;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the repository's Maven wrapper. */
final class Maven {

    private static final Path SETPRIV = Path.of("/usr/bin/setpriv");

    private final Path repository;
    private final PrintStream terminal;

    Maven(Path repository, PrintStream terminal) {
        this.repository = repository;
        this.terminal = terminal;
    }

    /**
     * Runs Maven, and returns its exit status. Writes all lines of Maven's output to the log file, and prints those
     * that {@link MavenOutput} selects.
     */
    int run(List<String> arguments, Path log) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        if (Files.isExecutable(SETPRIV)) {
            // With setpriv, the kernel terminates Maven when this process is killed; otherwise, Maven would continue
            // alone.
            command.addAll(List.of(SETPRIV.toString(), "--pdeathsig", "TERM"));
        }
        command.addAll(List.of(repository.resolve("mvnw").toString(), "--batch-mode", "--no-transfer-progress"));
        command.addAll(arguments);
        var process = new ProcessBuilder(command)
                .directory(repository.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.INHERIT)
                .start();
        // Without setpriv, this hook stops Maven only on SIGTERM and SIGINT: on SIGKILL, a JVM runs no shutdown hooks.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        Files.createDirectories(log.toAbsolutePath().getParent());
        try (var output = process.inputReader();
                var copy = Files.newBufferedWriter(log)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                copy.append(line).append('\n').flush();
                if (MavenOutput.isShown(line)) {
                    terminal.println(line.replace("mvn <args>", "./platform test <args>"));
                }
            }
        }
        return process.waitFor();
    }
}
