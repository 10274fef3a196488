package io.reverser.bench.growth;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.bench.growth.GrowthReport.NetworkVisits;
import io.reverser.bench.report.Objective;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class GrowthReportTest {

    private static final NetworkVisits BOUNDED = new NetworkVisits(1_000_000, 257, 1_000_000, 190);

    @Test
    void rendersATableForEachVariable() {
        assertThat(SampleGrowth.report(BOUNDED).markdown())
                .contains("""
                | Connections | Requests/s | CPU µs/request | p99 ms | Memory MB |
                |-------------|-----------:|---------------:|-------:|----------:|
                | 1           |        100 |            100 |    100 |       100 |
                | 64          |        200 |            200 |    200 |       200 |
                | 4,096       |        300 |            300 |    300 |       300 |
                """, "| Callers   |", "| Heap MB |", "| Cores |", "| Form |", "Measured on 2026-05-17");
    }

    @Test
    void isMetWhenMemoryAndRowsAreBounded() {
        assertThat(SampleGrowth.report(BOUNDED).objectives())
                .extracting(Objective::verdict)
                .containsExactly("met", "met", "met", "met");
    }

    @Test
    void isMissedWithARowForEachAddressOrALostVisit() {
        assertThat(SampleGrowth.report(new NetworkVisits(1_000_000, 1_000_000, 999_999, 230))
                        .objectives())
                .filteredOn(objective -> objective.verdict().equals("missed"))
                .extracting(Objective::name)
                .containsExactly(
                        "1,000,000 addresses of one IPv6 /64: memory, MB",
                        "1,000,000 addresses of one IPv6 /64: rows",
                        "1,000,000 addresses of one IPv6 /64: stored visits");
    }

    @Test
    void drawsAPanelForEachQuantityWithAColumnForEachValue() throws Exception {
        Element chart = DocumentBuilderFactory.newNSInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(
                        SampleGrowth.report(BOUNDED).toSvg().getBytes(StandardCharsets.UTF_8)))
                .getDocumentElement();
        NodeList rectangles = chart.getElementsByTagName("rect");
        // The first rectangle is the chart's background.
        assertThat(rectangles.getLength()).isEqualTo(1 + 4 * 2 + 4 * 3 + 2 * 2 + 2 * 2 + 2 * 3);
        assertThat(height(rectangles, 1)).isEqualTo(height(rectangles, 2) / 2);
        assertThat(chart.getTextContent()).contains("Requests/s by callers", "p99 ms by connections", "4,096");
    }

    private static double height(NodeList rectangles, int index) {
        return Double.parseDouble(((Element) rectangles.item(index)).getAttribute("height"));
    }
}
