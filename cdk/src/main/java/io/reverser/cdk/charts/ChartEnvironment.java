package io.reverser.cdk.charts;

import io.reverser.cdk.settings.Settings;

/** An environment for which charts are rendered without an AWS account.
 *
 * @param name of the environment
 * @param placeholders the values for the placeholders in values files, with an invented VPC ID
 * @param kubernetes the Kubernetes version of the cluster, like {@code 1.35}
 */
public record ChartEnvironment(String name, ValuePlaceholders placeholders, String kubernetes) {

    /** Creates an environment from its settings. */
    public static ChartEnvironment of(Settings settings, Catalogue catalogue) {
        String kubernetes = settings.cluster().version();
        return new ChartEnvironment(
                settings.name(),
                ValuePlaceholders.of(settings, "vpc-0123456789abcdef0", catalogue.autoscalerImageTag(kubernetes)),
                kubernetes);
    }
}
