package io.reverser.cdk.cli;

import io.reverser.cdk.charts.Catalogue;
import io.reverser.cdk.charts.Chart;
import io.reverser.cdk.charts.ChartEnvironment;
import io.reverser.cdk.charts.ChartUpdater;
import io.reverser.cdk.charts.ChartValueKeys;
import io.reverser.cdk.charts.Helm;
import io.reverser.cdk.charts.IneffectiveValues;
import io.reverser.cdk.charts.RenderedChart;
import io.reverser.cdk.settings.SettingsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** {@code ./platform charts [folder]}: downloads every Helm chart of the catalogue, or reads it from a folder of
 * unpacked charts, writes the list of the chart's keys, renders the chart with the values of every environment, and
 * finds values without effect.
 */
public final class ChartsCommand {

    private final Path repository;
    private final Helm helm;
    private final Catalogue catalogue;
    private final List<ChartEnvironment> environments;

    private ChartsCommand(Path repository, Helm helm) {
        this.repository = repository;
        this.helm = helm;
        this.catalogue = Catalogue.read(repository.resolve("helm-values"));
        this.environments = Stream.of("dev", "prod")
                .map(name -> ChartEnvironment.of(SettingsFile.read(repository.resolve("cdk/config"), name), catalogue))
                .toList();
    }

    /**
     * Arguments: the repository's folder, and optionally a folder with unpacked charts, or {@code --newest} to update
     * the catalogue to the latest chart versions first.
     */
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

    /** Checks all charts; downloads them if no folder is given. */
    private void check(String folder) throws IOException, InterruptedException {
        Path work = Files.createDirectories(repository.resolve("cdk/target/charts"));
        var problems = new ArrayList<String>();
        for (Chart chart : catalogue.charts()) {
            Path unpacked =
                    folder.isEmpty() ? helm.pull(chart, work) : Path.of(folder).resolve(chart.name());
            checkVersion(chart, unpacked);
            ChartValueKeys.of(Catalogue.readYaml(unpacked.resolve("values.yaml")))
                    .write(repository.resolve("helm-values/known-keys/" + chart.name() + ".txt"), chart);
            for (ChartEnvironment environment : environments) {
                render(chart, unpacked, environment);
            }
            problems.addAll(IneffectiveValues.problems(helm, catalogue, chart, unpacked, environments));
        }
        if (!problems.isEmpty()) {
            throw new IllegalStateException("""
                    some values in helm-values/ have no effect on the rendered objects:
                      %s
                    Remove each, or list it in catalogue.yaml under without_effect of its chart, with the reason to keep it""".formatted(String.join("\n  ", problems)));
        }
    }

    private static void checkVersion(Chart chart, Path unpacked) {
        String found = Catalogue.readYaml(unpacked.resolve("Chart.yaml"))
                .path("version")
                .asText();
        if (!found.equals(chart.version())) {
            throw new IllegalStateException(
                    "%s: found version %s, expected %s".formatted(unpacked, found, chart.version()));
        }
    }

    /** Renders a chart and writes its objects to a file in {@code rendered/<environment>/<namespace>}. */
    private void render(Chart chart, Path unpacked, ChartEnvironment environment)
            throws IOException, InterruptedException {
        RenderedChart rendered =
                helm.render(chart, unpacked, catalogue.renderedValues(chart, environment), environment.kubernetes());
        Path folder = Files.createDirectories(repository
                .resolve("cdk/target/charts/rendered")
                .resolve(environment.name())
                .resolve(chart.namespace()));
        Files.writeString(folder.resolve(chart.release() + ".yaml"), rendered.toYaml());
        System.out.printf(
                "%s %s in %s: %d objects%n",
                chart.release(),
                chart.version(),
                environment.name(),
                rendered.objects().size());
    }
}
