package io.reverser.bench.functions;

import java.util.List;

/** A series of latencies, in ms. */
record Latencies(List<Double> ms) {

    Latencies {
        ms = ms.stream().sorted().toList();
    }

    double median() {
        return percentile(50);
    }

    double max() {
        return ms.getLast();
    }

    /** The value that this percentage of the latencies does not exceed. */
    double percentile(int percent) {
        return ms.get(Math.max(0, (int) Math.ceil(ms.size() * percent / 100.0) - 1));
    }
}
