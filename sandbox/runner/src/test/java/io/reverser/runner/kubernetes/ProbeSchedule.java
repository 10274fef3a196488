package io.reverser.runner.kubernetes;

import io.reverser.runner.process.Ports;
import java.net.http.HttpClient;

/** The schedule of a probe: when the probe is due, and how many times in a row it has failed. */
final class ProbeSchedule {

    private final Probe probe;
    private long nextNanos = System.nanoTime();
    private int failures;
    private boolean succeeded;

    /** Creates a schedule whose first probe is due at once. */
    ProbeSchedule(Probe probe) {
        this.probe = probe;
    }

    /** Runs the probe if it is due, and returns whether it was due. */
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
