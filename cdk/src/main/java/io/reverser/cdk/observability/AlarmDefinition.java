package io.reverser.cdk.observability;

import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
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
        Threshold threshold,
        TreatMissingData missingData) {

    /** How soon the alarm needs attention; its tag {@code severity}. */
    enum Severity {
        /** At once, at night too: something does not work, or will not for long. */
        CRITICAL("critical"),
        /** On the next working day. */
        WARNING("warning");

        private final String tag;

        Severity(String tag) {
            this.tag = tag;
        }

        String tag() {
            return tag;
        }
    }

    /**
     * Where the trouble begins.
     *
     * @param periods of the metric, one after the other, that have to be beyond it
     */
    record Threshold(ComparisonOperator operator, double value, int periods) {

        static Threshold atLeast(double value, int periods) {
            return new Threshold(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD, value, periods);
        }

        static Threshold greaterThan(double value, int periods) {
            return new Threshold(ComparisonOperator.GREATER_THAN_THRESHOLD, value, periods);
        }

        static Threshold atMost(double value, int periods) {
            return new Threshold(ComparisonOperator.LESS_THAN_OR_EQUAL_TO_THRESHOLD, value, periods);
        }
    }

    /** Of something that is always measured: silence is as bad as the worst value. */
    static AlarmDefinition onContinuousMetric(
            String name, Severity severity, String summary, IMetric metric, Threshold threshold) {
        return new AlarmDefinition(name, severity, summary, metric, threshold, TreatMissingData.BREACHING);
    }

    /** Of something that is only measured when it happens: silence is good. */
    static AlarmDefinition onEventMetric(
            String name, Severity severity, String summary, IMetric metric, Threshold threshold) {
        return new AlarmDefinition(name, severity, summary, metric, threshold, TreatMissingData.NOT_BREACHING);
    }
}
