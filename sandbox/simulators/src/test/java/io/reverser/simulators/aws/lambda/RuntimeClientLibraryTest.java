package io.reverser.simulators.aws.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Functions that start concurrently on one machine must not write their native library to the same file in {@code
 * /tmp}.
 */
class RuntimeClientLibraryTest {

    @Test
    @EnabledOnOs(OS.LINUX)
    void isUnpackedOnceForEachFunction(@TempDir Path one, @TempDir Path other) {
        assertThat(library(one)).startsWith(one).isNotEmptyFile();
        assertThat(library(other)).startsWith(other).hasSameBinaryContentAs(library(one));
    }

    private static Path library(Path folder) {
        List<String> options = RuntimeClientLibrary.unpack(folder);
        assertThat(options).singleElement().asString().contains("NativeClient.JNI=");
        Path file = Path.of(options.getFirst().replaceFirst(".*=", ""));
        assertThat(Files.isRegularFile(file)).isTrue();
        return file;
    }
}
