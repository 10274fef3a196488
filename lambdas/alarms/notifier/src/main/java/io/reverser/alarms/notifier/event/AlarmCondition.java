package io.reverser.alarms.notifier.event;

import java.util.Optional;

/**
 * The condition on which an alarm fires.
 *
 * @param operator CloudWatch's name of the comparison operator, like {@code GreaterThanThreshold}
 * @param threshold the threshold in the metric's unit; empty for an anomaly detection band
 * @param bandId the ID of the query that returns the anomaly detection band, like {@code ad1}
 * @param evaluationPeriods how many periods are evaluated
 * @param datapointsToAlarm how many of the evaluated periods must breach the threshold
 * @param treatMissingData how CloudWatch treats missing datapoints, like {@code breaching}
 */
public record AlarmCondition(
        String operator,
        Optional<Double> threshold,
        Optional<String> bandId,
        int evaluationPeriods,
        int datapointsToAlarm,
        Optional<String> treatMissingData) {}
