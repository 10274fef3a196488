package io.reverser.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverser.bench.host.BenchException;
import org.junit.jupiter.api.Test;

class GeneratedSectionsTest {

    @Test
    void keepsTheProseAroundTheSection() {
        var page = new GeneratedSections("""
                before
                <!-- figures: ./platform bench writes them -->
                old
                <!-- end of figures -->
                after
                """);
        assertThat(page.withSection("figures", "bench", "new")
                        .withSection("figures", "bench", "newer")
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
    void readsASection() {
        assertThat(new GeneratedSections("""
                        <!-- ratios: ./platform bench writes them -->
                        1.5
                        <!-- end of ratios -->
                        <!-- figures: ./platform bench writes them -->
                        2
                        <!-- end of figures -->
                        """).section("figures", "bench")).isEqualTo("2\n");
    }

    @Test
    void rejectsADocumentWithoutTheSection() {
        assertThatThrownBy(() -> new GeneratedSections("only prose\n").withSection("figures", "bench", "new"))
                .isInstanceOf(BenchException.class);
    }
}
