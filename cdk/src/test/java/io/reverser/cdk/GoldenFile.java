package io.reverser.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Golden files: generated texts whose changes reviewers read as a diff. {@code -Dgolden=write} writes the files. */
public final class GoldenFile {

    private static final Path FOLDER = Path.of("src/test/resources/golden");

    private GoldenFile() {}

    static void check(String name, List<String> lines) {
        check(FOLDER.resolve(name), lines);
    }

    public static void check(Path file, List<String> lines) {
        try {
            if ("write".equals(System.getProperty("golden"))) {
                Files.createDirectories(file.getParent());
                Files.write(file, lines);
            }
            assertThat(lines)
                    .as("%s; when the change is meant: ./mvnw -pl cdk -am test -Dgolden=write", file)
                    .isEqualTo(Files.readAllLines(file));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
