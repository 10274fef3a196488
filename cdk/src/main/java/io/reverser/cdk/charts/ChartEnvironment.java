package io.reverser.cdk.charts;

import io.reverser.cdk.settings.Settings;

/**
 * What a chart is rendered for, without an AWS account.
 *
 * @param name of the environment
 * @param placeholders of it, with an invented id of the VPC
 * @param kubernetes its minor version
 */
public record ChartEnvironment(String name, ValuePlaceholders placeholders, String kubernetes) {

    /** An environment as its settings say. */
    public static ChartEnvironment of(Settings settings, Catalogue catalogue) {
        String kubernetes = settings.cluster().version();
        return new ChartEnvironment(
                settings.name(),
                ValuePlaceholders.of(settings, "vpc-0123456789abcdef0", catalogue.autoscalerImageTag(kubernetes)),
                kubernetes);
    }
}
