package io.reverser.cdk.charts;

import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.eks_v2.HelmChart;
import software.amazon.awscdk.services.eks_v2.ICluster;
import software.constructs.Construct;
import software.constructs.IDependable;

/** Installs Helm charts in a cluster. Helm rolls a failed release back, unless the chart's entry in the catalogue says
 * {@code wait: false}.
 *
 * @param placeholders the environment's values for the placeholders in values files
 */
public record ChartInstaller(ICluster cluster, Catalogue catalogue, ValuePlaceholders placeholders) {

    /**
     * Shorter than the 15 minutes after which Lambda stops CDK's Helm function: if Lambda stopped it, the release would
     * stay locked.
     */
    private static final Duration TIMEOUT = Duration.minutes(10);

    /**
     * Installs a release after its dependencies. If the chart has {@code wait}, Helm waits on installation until all
     * objects are ready, and on uninstallation until all objects are deleted.
     */
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

    /** The values of an EKS add-on. */
    public Map<String, Object> addonValues(String addon) {
        return catalogue.values(catalogue.chart(addon), placeholders);
    }
}
