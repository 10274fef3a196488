package io.reverser.runner.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackagedReverserTest {

    private static final Instant PACKAGED = Instant.parse("2026-11-30T10:00:00Z");

    @TempDir
    private Path folder;

    @BeforeEach
    void writePackage() throws IOException {
        write("reverser.jar", "classes", PACKAGED);
    }

    @Test
    void usesACacheThatIsNewerThanThePackage() throws IOException {
        write("reverser.aot", "cache", PACKAGED.plusSeconds(20));
        assertThat(new PackagedReverser(folder).hasCurrentAotCache()).isTrue();
    }

    @Test
    void ignoresACacheOfAnEarlierPackage() throws IOException {
        write("reverser.aot", "cache", PACKAGED.minusSeconds(20));
        assertThat(new PackagedReverser(folder).hasCurrentAotCache()).isFalse();
    }

    /** A JVM that is killed while it assembles its cache leaves an empty file. */
    @Test
    void ignoresAnEmptyCache() throws IOException {
        write("reverser.aot", "", PACKAGED.plusSeconds(20));
        assertThat(new PackagedReverser(folder).hasCurrentAotCache()).isFalse();
    }

    private void write(String name, String content, Instant modified) throws IOException {
        Path file = Files.writeString(folder.resolve(name), content);
        Files.setLastModifiedTime(file, FileTime.from(modified));
    }
}
