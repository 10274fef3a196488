package io.reverser.cdk.observability;

import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;

/**
 * An alarm to be made.
 *
 * @param name without the environment, and that of its runbook in {@code docs/runbooks}
 * @param summary what is the matter, in a few words
 * @param missingData what it means that nothing is measured
 */
record AlarmDefinition(
        String name,
        Severity severity,
        String summary,
        IMetric metric,
        AlarmThreshold threshold,
        TreatMissingData missingData) {

    /** Of something that is always measured: silence is as bad as the worst value. */
    static AlarmDefinition onContinuousMetric(
            String name, Severity severity, String summary, IMetric metric, AlarmThreshold threshold) {
        return new AlarmDefinition(name, severity, summary, metric, threshold, TreatMissingData.BREACHING);
    }

    /** Of something that is only measured when it happens: silence is good. */
    static AlarmDefinition onEventMetric(
            String name, Severity severity, String summary, IMetric metric, AlarmThreshold threshold) {
        return new AlarmDefinition(name, severity, summary, metric, threshold, TreatMissingData.NOT_BREACHING);
    }
}
