package io.reverser.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DocumentTest {

    @Test
    void keepsTheProseAroundTheFigures() {
        var page = new Document("""
                before
                <!-- figures: ./platform bench writes them -->
                old
                <!-- end of figures -->
                after
                """);
        assertThat(page.with("figures", "bench", "new")
                        .with("figures", "bench", "newer")
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
    void refusesAPageWithoutAPlaceForFigures() {
        assertThatThrownBy(() -> new Document("only prose\n").with("figures", "bench", "new"))
                .isInstanceOf(BenchFailure.class);
    }
}
