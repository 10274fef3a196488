package io.reverser.cdk.charts;

import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.eks_v2.HelmChart;
import software.amazon.awscdk.services.eks_v2.ICluster;
import software.constructs.Construct;
import software.constructs.IDependable;

/** Installs charts in a cluster. Helm rolls a failed release back, unless its catalogue entry says {@code wait:
 * false}.
 *
 * @param placeholders of the environment
 */
public record ChartInstaller(ICluster cluster, Catalogue catalogue, ValuePlaceholders placeholders) {

    /** Less than the 15 minutes after which Lambda stops CDK's Helm function, which would leave the release locked. */
    private static final Duration TIMEOUT = Duration.minutes(10);

    /**
     * Installs a release after its dependencies. If Helm waits, then uninstalling waits until all objects are deleted,
     * too.
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
