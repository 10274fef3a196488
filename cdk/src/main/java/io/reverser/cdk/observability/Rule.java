package io.reverser.cdk.observability;

import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;

/**
 * An alarm to be made.
 *
 * @param name without the environment, and that of its runbook in {@code docs/runbooks}
 * @param says what is the matter, in a few words
 * @param absence what it means that nothing is measured
 */
record Rule(String name, Severity severity, String says, IMetric metric, Limit limit, TreatMissingData absence) {

    /** Of something that is always measured: silence is as bad as the worst value. */
    static Rule of(String name, Severity severity, String says, IMetric metric, Limit limit) {
        return new Rule(name, severity, says, metric, limit, TreatMissingData.BREACHING);
    }

    /** Of something that is only measured when it happens: silence is good. */
    static Rule whenItHappens(String name, Severity severity, String says, IMetric metric, Limit limit) {
        return new Rule(name, severity, says, metric, limit, TreatMissingData.NOT_BREACHING);
    }
}
