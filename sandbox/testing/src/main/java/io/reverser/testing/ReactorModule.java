package io.reverser.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A module of the Maven build.
 *
 * @param folder the path of the module in the repository, as in the parent POM
 * @param dependencies the artifact IDs of the modules that this module depends on, in any scope
 */
record ReactorModule(String folder, String artifact, List<String> dependencies) {

    /** The module's test classes, which Surefire or Failsafe runs. */
    List<TestClass> testClasses(Path repository) {
        Path sources = repository.resolve(folder).resolve("src/test/java");
        if (!Files.isDirectory(sources)) {
            return List.of();
        }
        try (var files = Files.walk(sources)) {
            return files.map(file -> sources.relativize(file).toString().replace('\\', '/'))
                    .filter(file -> file.endsWith("Test.java") || file.endsWith("IT.java"))
                    .map(file -> file.substring(0, file.length() - ".java".length()))
                    .map(file -> new TestClass(this, file.replace('/', '.')))
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
