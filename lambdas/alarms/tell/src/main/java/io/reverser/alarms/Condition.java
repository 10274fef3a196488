package io.reverser.alarms;

import java.util.Optional;

/**
 * When an alarm rings.
 *
 * @param operator by CloudWatch's name, like {@code GreaterThanThreshold}
 * @param threshold in the metric's unit; empty where the limit is a band
 * @param band id of the query that is the band, like {@code ad1}
 * @param periods how many are looked at
 * @param needed how many of them have to breach
 * @param missing how silence counts, like {@code breaching}
 */
public record Condition(
        String operator,
        Optional<Double> threshold,
        Optional<String> band,
        int periods,
        int needed,
        Optional<String> missing) {}
