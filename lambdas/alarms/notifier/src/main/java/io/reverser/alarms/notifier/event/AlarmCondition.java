package io.reverser.alarms.notifier.event;

import java.util.Optional;

/**
 * When an alarm rings.
 *
 * @param operator by CloudWatch's name, like {@code GreaterThanThreshold}
 * @param threshold in the metric's unit; empty where the limit is a band
 * @param bandId id of the query that is the band, like {@code ad1}
 * @param evaluationPeriods how many are looked at
 * @param datapointsToAlarm how many of them have to breach
 * @param treatMissingData how silence counts, like {@code breaching}
 */
public record AlarmCondition(
        String operator,
        Optional<Double> threshold,
        Optional<String> bandId,
        int evaluationPeriods,
        int datapointsToAlarm,
        Optional<String> treatMissingData) {}
