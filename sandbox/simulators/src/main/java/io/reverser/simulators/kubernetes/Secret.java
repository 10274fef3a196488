package io.reverser.simulators.kubernetes;

import java.util.SortedMap;
import java.util.TreeMap;

/** A Secret. */
record Secret(SortedMap<String, String> data) {

    Secret {
        data = new TreeMap<>(data);
    }

    @Override
    public String toString() {
        return "Secret" + data.keySet();
    }
}
