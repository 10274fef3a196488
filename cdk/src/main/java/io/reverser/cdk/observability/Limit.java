package io.reverser.cdk.observability;

import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;

/**
 * Where the trouble begins.
 *
 * @param periods of the metric, one after the other, that have to be beyond it
 */
record Limit(ComparisonOperator operator, double value, int periods) {

    static Limit atLeast(double value, int periods) {
        return new Limit(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD, value, periods);
    }

    static Limit moreThan(double value, int periods) {
        return new Limit(ComparisonOperator.GREATER_THAN_THRESHOLD, value, periods);
    }

    static Limit atMost(double value, int periods) {
        return new Limit(ComparisonOperator.LESS_THAN_OR_EQUAL_TO_THRESHOLD, value, periods);
    }
}
