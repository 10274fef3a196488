package io.reverser.runner.kubernetes;

import io.reverser.runner.process.Ports;
import java.net.http.HttpClient;

/** When a probe is due, and how many times in a row it has failed. */
final class ProbeSchedule {

    private final Probe probe;
    private long nextNanos = System.nanoTime();
    private int failures;
    private boolean succeeded;

    /** The first probe is due at once. */
    ProbeSchedule(Probe probe) {
        this.probe = probe;
    }

    /** Returns whether the probe was due. */
    boolean probeIfDue(HttpClient http, Ports ports) throws InterruptedException {
        if (System.nanoTime() - nextNanos < 0) {
            return false;
        }
        nextNanos = System.nanoTime() + probe.period().toNanos();
        succeeded = probe.succeeds(http, ports);
        failures = succeeded ? 0 : failures + 1;
        return true;
    }

    boolean hasSucceeded() {
        return succeeded;
    }

    boolean hasFailed() {
        return failures >= probe.failureThreshold();
    }
}
