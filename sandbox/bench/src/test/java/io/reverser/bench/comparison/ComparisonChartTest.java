package io.reverser.bench.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.bench.server.ServerVariant;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

class ComparisonChartTest {

    @Test
    void drawsABarForEachServerInBothPanels() throws Exception {
        NodeList bars = parsed().getElementsByTagName("rect");
        // The first rectangle is the chart's background.
        assertThat(bars.getLength()).isEqualTo(1 + 2 * ServerVariant.values().length);
        assertThat(width(bars.item(1))).isBetween(350, 400);
        assertThat(width(bars.item(6)))
                .as("the slowest, on a logarithmic scale")
                .isEqualTo(2);
        assertThat(width(bars.item(9))).as("the longest start").isEqualTo(400);
    }

    @Test
    void labelsTheBars() throws Exception {
        assertThat(parsed().getTextContent())
                .contains("Raw Vert.x handler", "×700  (98,000/s)", "×1.00  (140/s)", "1,100 ms");
    }

    private static Element parsed() throws Exception {
        String svg = new ComparisonChart(SampleResults.results(5.5, 98_000)).toSvg();
        return DocumentBuilderFactory.newNSInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)))
                .getDocumentElement();
    }

    private static int width(Node bar) {
        return Integer.parseInt(((Element) bar).getAttribute("width"));
    }
}
