package io.reverser.cdk.observability;

import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;

/** An alarm to create.
 *
 * @param name the alarm's name without the environment; also the name of the runbook in {@code docs/runbooks}
 * @param summary one sentence without a full stop; also the title of the runbook
 * @param missingData how CloudWatch treats missing data
 */
record AlarmDefinition(
        String name,
        Severity severity,
        String summary,
        IMetric metric,
        Threshold threshold,
        TreatMissingData missingData) {

    /** How soon the alarm needs attention; also the value of the alarm's tag {@code severity}. */
    enum Severity {
        /** The alarm wakes the on-call engineer: something is broken or about to break. */
        CRITICAL("critical"),
        /** The alarm can wait until working hours. */
        WARNING("warning");

        private final String tag;

        Severity(String tag) {
            this.tag = tag;
        }

        String tag() {
            return tag;
        }
    }

    /** The threshold of an alarm.
     *
     * @param periods the number of consecutive periods in which the metric must breach the threshold
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

    /** Defines an alarm on a metric that always has data, so missing data counts as a breach of the threshold. */
    static AlarmDefinition onContinuousMetric(
            String name, Severity severity, String summary, IMetric metric, Threshold threshold) {
        return new AlarmDefinition(name, severity, summary, metric, threshold, TreatMissingData.BREACHING);
    }

    /**
     * Defines an alarm on a metric that has data only when something happens, so missing data does not count as a
     * breach.
     */
    static AlarmDefinition onEventMetric(
            String name, Severity severity, String summary, IMetric metric, Threshold threshold) {
        return new AlarmDefinition(name, severity, summary, metric, threshold, TreatMissingData.NOT_BREACHING);
    }
}
