package io.reverser.cdk.observability;

import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;

/**
 * Where the trouble begins.
 *
 * @param periods of the metric, one after the other, that have to be beyond it
 */
record AlarmThreshold(ComparisonOperator operator, double value, int periods) {

    static AlarmThreshold atLeast(double value, int periods) {
        return new AlarmThreshold(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD, value, periods);
    }

    static AlarmThreshold greaterThan(double value, int periods) {
        return new AlarmThreshold(ComparisonOperator.GREATER_THAN_THRESHOLD, value, periods);
    }

    static AlarmThreshold atMost(double value, int periods) {
        return new AlarmThreshold(ComparisonOperator.LESS_THAN_OR_EQUAL_TO_THRESHOLD, value, periods);
    }
}
