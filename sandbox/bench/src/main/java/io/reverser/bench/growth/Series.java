package io.reverser.bench.growth;

import io.reverser.bench.report.MarkdownTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Measurements with different values of one variable.
 *
 * @param variable like the number of callers
 * @param points in the order of the variable's values; each has the same quantities
 */
record Series(String variable, List<Point> points) {

    /** The measurements with one value of the variable. */
    record Point(String value, Map<Quantity, Double> measured) {

        double get(Quantity quantity) {
            return Objects.requireNonNull(measured.get(quantity), quantity.title);
        }
    }

    MarkdownTable table() {
        List<Quantity> quantities =
                points.getFirst().measured().keySet().stream().sorted().toList();
        var header = new ArrayList<>(List.of(variable));
        quantities.forEach(quantity -> header.add(quantity.title));
        return new MarkdownTable(
                header, points.stream().map(point -> row(point, quantities)).toList());
    }

    private static List<String> row(Point point, List<Quantity> quantities) {
        var cells = new ArrayList<>(List.of(point.value()));
        quantities.forEach(quantity -> cells.add(MarkdownTable.formatNumber(point.get(quantity))));
        return cells;
    }
}
