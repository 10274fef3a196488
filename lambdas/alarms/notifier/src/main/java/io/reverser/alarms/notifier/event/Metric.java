package io.reverser.alarms.notifier.event;

import java.util.Map;
import java.util.TreeMap;

/** A metric of CloudWatch's. */
public record Metric(String namespace, String name, Map<String, String> dimensions) {

    /** Keeps its own map, in the order of the names. */
    public Metric {
        dimensions = java.util.Collections.unmodifiableMap(new TreeMap<>(dimensions));
    }
}
