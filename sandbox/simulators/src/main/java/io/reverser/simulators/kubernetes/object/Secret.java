package io.reverser.simulators.kubernetes.object;

import java.util.SortedMap;
import java.util.TreeMap;

/** A Secret. */
public record Secret(SortedMap<String, String> data) {

    public Secret {
        data = new TreeMap<>(data);
    }

    @Override
    public String toString() {
        return "Secret" + data.keySet();
    }
}
