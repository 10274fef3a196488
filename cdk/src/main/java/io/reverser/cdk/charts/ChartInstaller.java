package io.reverser.cdk.charts;

import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.eks_v2.HelmChart;
import software.amazon.awscdk.services.eks_v2.ICluster;
import software.constructs.Construct;
import software.constructs.IDependable;

/**
 * Installs charts in a cluster: whole or not at all, unless Helm does not wait for them.
 *
 * @param placeholders of the environment
 */
public record ChartInstaller(ICluster cluster, Catalogue catalogue, ValuePlaceholders placeholders) {

    /** The function that runs Helm is stopped after 15 minutes, and would leave the release locked. */
    private static final Duration TIMEOUT = Duration.minutes(10);

    /** A release, after everything that it needs; its deletion waits, where Helm does, until all that it made is gone. */
    public HelmChart install(Construct scope, String release, IDependable... dependencies) {
        Chart chart = catalogue.chart(release);
        var helmChart = HelmChart.Builder.create(scope, release)
                .cluster(cluster)
                .chart(chart.name())
                .repository(chart.repository())
                .version(chart.version())
                .release(chart.release())
                .namespace(chart.namespace())
                .createNamespace(true)
                .values(catalogue.values(chart, placeholders))
                .wait(chart.waits())
                .atomic(chart.waits())
                .timeout(TIMEOUT)
                .build();
        helmChart.getNode().addDependency(dependencies);
        return helmChart;
    }

    /** The values of an add-on of EKS. */
    public Map<String, Object> addonValues(String addon) {
        return catalogue.values(catalogue.chart(addon), placeholders);
    }
}
