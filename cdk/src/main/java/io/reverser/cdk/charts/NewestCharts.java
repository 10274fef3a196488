package io.reverser.cdk.charts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes the newest versions into the catalogue, and leaves every other line of it as it is. */
record NewestCharts(Catalogue catalogue, Helm helm) {

    /** One line for each chart that has a newer version. */
    List<String> take() throws IOException, InterruptedException {
        Path file = catalogue.folder().resolve("catalogue.yaml");
        String text = Files.readString(file);
        var taken = new ArrayList<String>();
        for (Chart chart : catalogue.charts()) {
            String newest = helm.newest(chart);
            if (!newest.equals(chart.version())) {
                text = replaced(text, chart, newest);
                taken.add("%s: %s instead of %s".formatted(chart.name(), newest, chart.version()));
            }
        }
        Files.writeString(file, text);
        return taken;
    }

    private static String replaced(String text, Chart chart, String version) {
        Matcher line = Pattern.compile(
                        "(?m)(^  %s:\\R(?:    .*\\R)*?    version: )\\S+".formatted(Pattern.quote(chart.name())))
                .matcher(text);
        if (!line.find()) {
            throw new IllegalStateException("catalogue.yaml: cannot find the version of " + chart.name());
        }
        return line.replaceFirst("$1" + Matcher.quoteReplacement(version));
    }
}
