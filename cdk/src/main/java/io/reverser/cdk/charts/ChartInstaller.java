package io.reverser.cdk.charts;

import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.eks_v2.HelmChart;
import software.amazon.awscdk.services.eks_v2.ICluster;
import software.constructs.Construct;
import software.constructs.IDependable;

/**
 * Installs charts in a cluster, whole or not at all.
 *
 * @param placeholders of the environment
 */
public record ChartInstaller(ICluster cluster, Catalogue catalogue, ValuePlaceholders placeholders) {

    /** The function that runs Helm is stopped after 15 minutes, and would leave the release locked. */
    private static final Duration TIMEOUT = Duration.minutes(10);

    /** A chart, after everything that it needs; its deletion waits until all that it made is gone. */
    public HelmChart install(Construct scope, String name, IDependable... dependencies) {
        Chart chart = catalogue.chart(name);
        var release = HelmChart.Builder.create(scope, name)
                .cluster(cluster)
                .chart(chart.name())
                .repository(chart.repository())
                .version(chart.version())
                .release(chart.name())
                .namespace(chart.namespace())
                .createNamespace(true)
                .values(catalogue.values(chart, placeholders))
                .wait(true)
                .atomic(true)
                .timeout(TIMEOUT)
                .build();
        release.getNode().addDependency(dependencies);
        return release;
    }

    /** The values of an add-on of EKS. */
    public Map<String, Object> addonValues(String addon) {
        return catalogue.values(catalogue.chart(addon), placeholders);
    }
}
