package io.reverser.bench.comparison;

import io.reverser.bench.host.BenchException;
import io.reverser.bench.load.Wrk;
import io.reverser.bench.load.WrkResult;
import io.reverser.bench.server.Server;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One round of load on one server.
 *
 * @param perSecond requests per second
 * @param cpu the server's CPU time per request, in microseconds
 * @param p50 the median latency, in milliseconds
 * @param p99 the 99th percentile of the latency, in milliseconds
 * @param memory the server's peak memory during the round, in megabytes of 10^6 bytes
 */
public record Round(double perSecond, double cpu, double p50, double p99, double memory) {

    /** Puts a server under load for a number of seconds. */
    public static Round measure(Server server, Wrk wrk, int seconds) throws IOException, InterruptedException {
        var memory = new AtomicLong();
        Duration before = server.readCpuTime();
        WrkResult result = wrk.load(
                server.serverCommand().port(), seconds, () -> memory.accumulateAndGet(server.readMemory(), Math::max));
        Duration cpuTime = server.readCpuTime().minus(before);
        if (!result.isClean()) {
            throw new BenchException(server.serverCommand().variant().title + " failed under the load: " + result);
        }
        return new Round(
                result.perSecond(),
                cpuTime.toNanos() / 1e3 / result.answered(),
                result.p50() / 1e3,
                result.p99() / 1e3,
                memory.get() / 1e6);
    }
}
