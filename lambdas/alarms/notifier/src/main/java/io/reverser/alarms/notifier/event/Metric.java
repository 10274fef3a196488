package io.reverser.alarms.notifier.event;

import java.util.Map;
import java.util.TreeMap;

/** A CloudWatch metric. */
public record Metric(String namespace, String name, Map<String, String> dimensions) {

    /** Copies the dimensions, sorted by name. */
    public Metric {
        dimensions = java.util.Collections.unmodifiableMap(new TreeMap<>(dimensions));
    }
}
