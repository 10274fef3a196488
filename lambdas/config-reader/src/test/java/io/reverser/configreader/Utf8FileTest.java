package io.reverser.configreader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Utf8FileTest {

    private static final String TEXT = "region: eu-central-1\nowner: Jörg\n";

    @TempDir
    Path folder;

    @Test
    void readsUtf8() throws IOException {
        assertThat(Utf8File.read(write("UTF-8"))).isEqualTo(TEXT);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            ISO-8859-1, line 2, 0xF6
            UTF-16,     line 1, 0xFE
            UTF-16LE,   line 1, 0x00
            UTF-16BE,   line 1, 0x00
            IBM850,     line 2, 0x94
            """)
    void namesTheFirstLineInAnotherEncoding(String encoding, String line, String found) throws IOException {
        Path file = write(encoding);
        assertThatThrownBy(() -> Utf8File.read(file))
                .isInstanceOf(NotUtf8Exception.class)
                .hasMessageContainingAll(line + " is not UTF-8", found, "save the file with the encoding UTF-8");
    }

    private Path write(String encoding) throws IOException {
        return Files.write(folder.resolve("settings.yaml"), TEXT.getBytes(Charset.forName(encoding)));
    }
}
