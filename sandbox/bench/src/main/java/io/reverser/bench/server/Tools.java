package io.reverser.bench.server;

import io.reverser.bench.host.BenchException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The tools that Maven cannot provide: the load generator, and the Python packages of the Flask app.
 *
 * @param python a Python interpreter that has the packages
 * @param versions the versions of the packages, for the report
 */
public record Tools(String python, String versions) {

    private static final String WRK = "wrk";
    private static final List<String> PYTHON_PACKAGES = List.of("python3-flask", "gunicorn", "python3-pymysql");

    /**
     * Debian's own interpreter comes first, because other interpreters in {@code PATH} do not find Debian's Python
     * packages.
     */
    private static final List<String> PYTHON_INTERPRETERS = List.of("/usr/bin/python3", "python3");

    private static final String VERSIONS_SCRIPT = """
            import platform
            from importlib.metadata import version
            packages = [name + " " + version(name) for name in ("Flask", "gunicorn", "PyMySQL")]
            print("Python " + platform.python_version(), *packages, sep=", ")
            """;

    /** Finds the tools, and installs missing tools with apt-get when the bench runs as root. */
    public static Tools findOrInstall(Consumer<String> progress) throws IOException, InterruptedException {
        requireLoadGenerator(progress);
        Optional<Tools> tools = findPython();
        if (tools.isEmpty()) {
            install(PYTHON_PACKAGES, progress);
            tools = findPython();
        }
        return tools.orElseThrow(() -> missing("Flask, gunicorn and PyMySQL", PYTHON_PACKAGES));
    }

    /** Installs the load generator if it is missing and the bench runs as root. */
    public static void requireLoadGenerator(Consumer<String> progress) throws IOException, InterruptedException {
        if (!Files.exists(Path.of("/proc/self/smaps_rollup"))) {
            throw new BenchException("The bench reads CPU time and memory from /proc, so it runs on Linux only");
        }
        if (isWrkMissing()) {
            install(List.of(WRK), progress);
            if (isWrkMissing()) {
                throw missing(WRK, List.of(WRK));
            }
        }
    }

    private static boolean isWrkMissing() throws IOException, InterruptedException {
        return run(List.of("sh", "-c", "command -v " + WRK)).isEmpty();
    }

    private static void install(List<String> packages, Consumer<String> progress)
            throws IOException, InterruptedException {
        if (System.getProperty("user.name").equals("root")) {
            progress.accept("installing " + String.join(" ", packages));
            run(List.of("apt-get", "-q", "update"));
            var install = new ArrayList<>(List.of("apt-get", "-q", "install", "-y", "--no-install-recommends"));
            install.addAll(packages);
            run(install);
        }
    }

    private static BenchException missing(String tools, List<String> packages) {
        return new BenchException(
                "The bench needs " + tools + "; on Debian: apt-get install " + String.join(" ", packages));
    }

    private static Optional<Tools> findPython() throws IOException, InterruptedException {
        for (String python : PYTHON_INTERPRETERS) {
            Optional<String> versions = run(List.of(python, "-c", VERSIONS_SCRIPT));
            if (versions.isPresent()) {
                return Optional.of(new Tools(python, versions.get()));
            }
        }
        return Optional.empty();
    }

    /** The output of a command; empty when it fails or does not exist. */
    static Optional<String> run(List<String> command) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException noSuchCommand) {
            return Optional.empty();
        }
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() == 0 ? Optional.of(printed.strip()) : Optional.empty();
    }
}
