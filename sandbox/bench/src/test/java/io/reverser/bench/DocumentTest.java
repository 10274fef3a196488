package io.reverser.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentTest {

    @TempDir
    Path folder;

    @Test
    void keepsTheProseAroundTheFigures() throws IOException {
        Path page = Files.writeString(folder.resolve("page.md"), """
                before
                <!-- figures: ./platform bench writes them -->
                old
                <!-- end of figures -->
                after
                """);
        assertThat(Document.at(page)
                        .with("figures", "new")
                        .with("figures", "newer")
                        .text())
                .isEqualTo("""
                before
                <!-- figures: ./platform bench writes them -->

                newer
                <!-- end of figures -->
                after
                """);
    }

    @Test
    void beginsWithAPageThatTakesFigures() throws IOException {
        assertThat(Document.at(folder.resolve("none.md"))
                        .with("figures", "the figures")
                        .text())
                .startsWith("# Performance\n")
                .contains("the figures");
    }

    @Test
    void refusesAPageWithoutAPlaceForFigures() {
        assertThatThrownBy(() -> new Document("only prose\n").with("figures", "new"))
                .isInstanceOf(BenchFailure.class);
    }
}
