package io.reverser.bench.server;

import io.reverser.bench.host.BenchException;
import io.reverser.simulators.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The reverser in Quarkus's default package format, for comparison with the package that we ship. */
public final class FastJar {

    private FastJar() {}

    /**
     * Builds the fast-jar, unless one exists that is newer than the shipped package.
     *
     * @return the folder of the fast-jar
     */
    public static Path build(Path repository, Path log) throws IOException, InterruptedException {
        Path target = repository.resolve("reverser/target");
        Path folder = target.resolve("fast-jar");
        if (!isNewer(folder.resolve("quarkus-run.jar"), target.resolve("app/reverser.jar"))) {
            var builder = new ProcessBuilder(
                            repository.resolve("mvnw").toString(),
                            "--batch-mode",
                            "--projects=reverser",
                            "--also-make",
                            "-Dmaven.test.skip",
                            "-Dspotless.check.skip",
                            "-Dquarkus.package.jar.type=fast-jar",
                            "-Dquarkus.package.output-directory=" + folder.getFileName(),
                            "package")
                    .directory(repository.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            if (ChildProcess.start(builder).waitFor() != 0) {
                throw new BenchException("The build of the fast-jar failed; see " + log);
            }
        }
        return folder;
    }

    private static boolean isNewer(Path file, Path than) throws IOException {
        return Files.exists(file) && Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(than)) > 0;
    }
}
