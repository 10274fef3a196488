package io.reverser.cdk.charts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes the latest chart versions into the catalogue, and changes no other line. */
public record ChartUpdater(Catalogue catalogue, Helm helm) {

    /** Updates the catalogue. Returns one line for each updated chart, with its new and old version. */
    public List<String> update() throws IOException, InterruptedException {
        Path file = catalogue.folder().resolve("catalogue.yaml");
        String text = Files.readString(file);
        var updates = new ArrayList<String>();
        for (Chart chart : catalogue.charts()) {
            if (chart.isFurtherRelease()) {
                continue;
            }
            String latest = helm.latestVersion(chart);
            if (!latest.equals(chart.version())) {
                text = withVersion(text, chart, latest);
                updates.add("%s: %s instead of %s".formatted(chart.name(), latest, chart.version()));
            }
        }
        Files.writeString(file, text);
        return updates;
    }

    private static String withVersion(String text, Chart chart, String version) {
        Matcher line = Pattern.compile(
                        "(?m)(^  %s:\\R(?:    .*\\R)*?    version: )\\S+".formatted(Pattern.quote(chart.name())))
                .matcher(text);
        if (!line.find()) {
            throw new IllegalStateException("catalogue.yaml: cannot find the version of " + chart.name());
        }
        return line.replaceFirst("$1" + Matcher.quoteReplacement(version));
    }
}
