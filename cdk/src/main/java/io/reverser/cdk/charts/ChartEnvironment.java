package io.reverser.cdk.charts;

import io.reverser.cdk.settings.Settings;

/** An environment to render charts for, without an AWS account.
 *
 * @param name of the environment
 * @param placeholders with an invented VPC id
 * @param kubernetes the minor version, like {@code 1.35}
 */
public record ChartEnvironment(String name, ValuePlaceholders placeholders, String kubernetes) {

    /** From the settings of an environment. */
    public static ChartEnvironment of(Settings settings, Catalogue catalogue) {
        String kubernetes = settings.cluster().version();
        return new ChartEnvironment(
                settings.name(),
                ValuePlaceholders.of(settings, "vpc-0123456789abcdef0", catalogue.autoscalerImageTag(kubernetes)),
                kubernetes);
    }
}
