package io.reverser.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A sample repository for tests, with four modules: {@code web} depends on {@code lib}, {@code tests} depends on
 * {@code lib} and {@code web}, and {@code alone} is independent.
 */
final class SampleRepository {

    private final Path folder;

    private SampleRepository(Path folder) {
        this.folder = folder;
    }

    static SampleRepository in(Path folder) throws IOException {
        var repository = new SampleRepository(folder);
        repository.write("pom.xml", """
                <project>
                  <artifactId>parent</artifactId>
                  <modules>
                    <module>tests</module>
                    <module>alone</module>
                    <module>web</module>
                    <module>base/lib</module>
                  </modules>
                </project>
                """);
        repository.module("base/lib", "base-lib", "one.lib.LibTest", "one.lib.ArchitectureTest");
        repository.module("web", "web", "one.web.PageTest", "one.web.ArchitectureTest", "one.web.form.FormTest");
        repository.depend("web", "base-lib");
        repository.module("tests", "tests", "one.tests.PageIT");
        repository.depend("tests", "web", "base-lib");
        repository.module("alone", "alone", "one.alone.AloneTest");
        return repository;
    }

    private void module(String module, String artifact, String... classes) throws IOException {
        write(module + "/pom.xml", "<project><artifactId>" + artifact + "</artifactId></project>");
        for (String name : classes) {
            write(module + "/src/test/java/" + name.replace('.', '/') + ".java", "");
        }
    }

    private void depend(String module, String... artifacts) throws IOException {
        String dependencies = Stream.of(artifacts)
                .map(artifact -> "<dependency><artifactId>" + artifact + "</artifactId></dependency>")
                .collect(Collectors.joining());
        Path pom = folder.resolve(module).resolve("pom.xml");
        Files.writeString(
                pom,
                Files.readString(pom)
                        .replace("</project>", "<dependencies>" + dependencies + "</dependencies></project>"));
    }

    void write(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    Path folder() {
        return folder;
    }

    Reactor reactor() {
        return Reactor.read(folder);
    }
}
