package io.reverser.cdk.cli;

import io.reverser.cdk.charts.Catalogue;
import io.reverser.cdk.charts.Chart;
import io.reverser.cdk.charts.ChartUpdater;
import io.reverser.cdk.charts.ChartValueKeys;
import io.reverser.cdk.charts.Helm;
import io.reverser.cdk.charts.ValuePlaceholders;
import io.reverser.cdk.settings.Settings;
import io.reverser.cdk.settings.SettingsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * {@code ./platform charts [folder]}: fetches every chart of the catalogue, or takes it from a folder where it is unpacked,
 * writes down the keys that it knows, and renders it with the values of every environment.
 */
public final class ChartsCommand {

    private final Path repository;
    private final Helm helm;
    private final Catalogue catalogue;

    private ChartsCommand(Path repository, Helm helm) {
        this.repository = repository;
        this.helm = helm;
        this.catalogue = Catalogue.read(repository.resolve("helm-values"));
    }

    /** Arguments: the repository's folder, and perhaps the one with the charts, or {@code --newest}. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path repository = Path.of(arguments[0]).toAbsolutePath().normalize();
        String folder = arguments.length > 1 ? arguments[1] : "";
        try {
            Helm helm = Helm.unpack(repository.resolve("cdk"));
            if (folder.equals("--newest")) {
                new ChartUpdater(Catalogue.read(repository.resolve("helm-values")), helm)
                        .update()
                        .forEach(System.out::println);
                folder = "";
            }
            new ChartsCommand(repository, helm).check(folder);
        } catch (IllegalStateException failure) {
            System.err.println("platform: " + failure.getMessage());
            System.exit(1);
        }
    }

    /** All charts, which are fetched unless there is a folder with them. */
    private void check(String folder) throws IOException, InterruptedException {
        Path work = Files.createDirectories(repository.resolve("cdk/target/charts"));
        for (Chart chart : catalogue.charts()) {
            check(
                    chart,
                    folder.isEmpty() ? helm.pull(chart, work) : Path.of(folder).resolve(chart.name()));
        }
    }

    private void check(Chart chart, Path unpacked) throws IOException, InterruptedException {
        String found = Catalogue.readYaml(unpacked.resolve("Chart.yaml"))
                .path("version")
                .asText();
        if (!found.equals(chart.version())) {
            throw new IllegalStateException(
                    "%s: found version %s, expected %s".formatted(unpacked, found, chart.version()));
        }
        ChartValueKeys.of(Catalogue.readYaml(unpacked.resolve("values.yaml")))
                .write(repository.resolve("helm-values/known-keys/" + chart.name() + ".txt"), chart);
        for (String environment : List.of("dev", "prod")) {
            Settings settings = SettingsFile.read(repository.resolve("cdk/config"), environment);
            String kubernetes = settings.cluster().version();
            ValuePlaceholders placeholders =
                    ValuePlaceholders.of(settings, "vpc-0123456789abcdef0", catalogue.autoscalerImageTag(kubernetes));
            var values = new LinkedHashMap<>(catalogue.values(chart, placeholders));
            values.putAll(catalogue.eksProvidedValues(chart, placeholders));
            int objects = helm.render(chart, unpacked, values, kubernetes);
            System.out.printf("%s %s in %s: %d objects%n", chart.release(), chart.version(), environment, objects);
        }
    }
}
