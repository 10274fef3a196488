package io.reverser.bench.soak.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class TimelineChartTest {

    @Test
    void drawsFailuresAndFaultsAtTheirTimes() throws Exception {
        Element picture = parsed(new TimelineChart(SampleSoakResult.resultWith()).toSvg());
        assertThat(picture.getTextContent()).contains("20.0/s", "pod killed", "rotation", "20:00");
        // A fault in the middle of the run is in the middle of the chart.
        double middle = TimelineChart.LEFT + TimelineChart.WIDTH / 2.0;
        assertThat(at(picture, "bad")).hasSize(2).allSatisfy(x -> assertThat(x).isBetween(middle - 4, middle + 4));
        assertThat(at(picture, "fault"))
                .singleElement()
                .satisfies(x -> assertThat(x).isBetween(middle - 1, middle + 1));
        assertThat(at(picture, "rotation"))
                .singleElement()
                .satisfies(x -> assertThat(x)
                        .isBetween(
                                TimelineChart.LEFT + TimelineChart.WIDTH / 4.0 - 1,
                                TimelineChart.LEFT + TimelineChart.WIDTH / 4.0 + 1));
    }

    @Test
    void drawsTheMemoryOfEachKindOfProcess() throws Exception {
        Element picture = parsed(
                new MemoryChart(SampleSoakResult.resultWith().reconciliations().resourceTrends()).toSvg());
        assertThat(picture.getTextContent()).contains("alarms-1", "180 MB");
        String points = ((Element) picture.getElementsByTagName("polyline").item(0)).getAttribute("points");
        assertThat(points.split(" ", -1)).hasSize(21);
    }

    private static List<Double> at(Element picture, String style) {
        var boxes = picture.getElementsByTagName("rect");
        return IntStream.range(0, boxes.getLength())
                .mapToObj(box -> (Element) boxes.item(box))
                .filter(box -> box.getAttribute("class").equals(style))
                .map(box -> Double.parseDouble(box.getAttribute("x")))
                .toList();
    }

    private static Element parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newNSInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)))
                .getDocumentElement();
    }
}
