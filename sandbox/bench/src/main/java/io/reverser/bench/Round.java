package io.reverser.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One round of load on one server.
 *
 * @param perSecond requests per second
 * @param cpu the server's processor time for one request, in microseconds
 * @param p50 in milliseconds
 * @param p99 in milliseconds
 * @param memory the most seen during the round, in megabytes of 10^6 bytes
 */
record Round(double perSecond, double cpu, double p50, double p99, double memory) {

    static Round of(Server server, Wrk wrk, int seconds) throws IOException, InterruptedException {
        var memory = new AtomicLong();
        Duration before = server.cpuTime();
        Load load =
                wrk.load(server.candidate().port(), seconds, () -> memory.accumulateAndGet(server.memory(), Math::max));
        Duration used = server.cpuTime().minus(before);
        if (!load.isClean()) {
            throw new BenchFailure(server.candidate().who().title + " failed under the load: " + load);
        }
        return new Round(
                load.perSecond(),
                used.toNanos() / 1e3 / load.answered(),
                load.p50() / 1e3,
                load.p99() / 1e3,
                memory.get() / 1e6);
    }
}
