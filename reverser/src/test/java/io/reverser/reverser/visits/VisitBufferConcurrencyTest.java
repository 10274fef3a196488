package io.reverser.reverser.visits;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.reverser.address.IpAddress;
import io.reverser.reverser.address.Ipv4Address;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;

/** Four threads add visits while another thread stores them, ten thousand times as often as in production. */
@Timeout(30)
class VisitBufferConcurrencyTest {

    private static final long SEED = 25;
    private static final int THREADS = 4;
    private static final int VISITS = 100_000;
    private static final int ANSWERS = 50_000;
    private static final int BATCH = 7;
    private static final Duration PAUSE = Duration.ofNanos(50_000);
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final IpAddress VISITOR = new Ipv4Address(0xcb007107);

    /** Eight groups of six addresses; a hash map keeps all addresses of a group in the same bin. */
    private static final List<IpAddress> CROWD = IntStream.range(0, 48)
            .<IpAddress>mapToObj(i -> new Ipv4Address(i / 8 * 0x10001 ^ i % 8))
            .toList();

    private final Map<IpAddress, Long> stored = new ConcurrentHashMap<>();
    private long lastSequence;
    private long maxAddresses;

    @RepeatedTest(5)
    void noVisitIsLostOrCountedTwice() throws InterruptedException {
        VisitBuffer buffer = buffer(1_000);
        flushWhile(crowd(buffer), buffer);
        assertThat(stored).as("seed %d", SEED).isEqualTo(visitsOfTheCrowd());
        assertThat(buffer.storedCount()).isEqualTo((long) THREADS * VISITS);
        assertThat(buffer.addressCount()).isZero();
        assertThat(buffer.droppedCount()).isZero();
    }

    @RepeatedTest(5)
    void atTheLimitEveryVisitIsEitherStoredOrCountedAsDropped() throws InterruptedException {
        VisitBuffer buffer = buffer(10);
        flushWhile(crowd(buffer), buffer);
        assertThat(sum(stored) + buffer.droppedCount()).as("seed %d", SEED).isEqualTo((long) THREADS * VISITS);
        assertThat(buffer.storedCount()).isEqualTo(sum(stored));
        assertThat(buffer.droppedCount()).isPositive();
        assertThat(maxAddresses).isLessThanOrEqualTo(2 * 10 + THREADS);
    }

    @RepeatedTest(5)
    void aCallerSeesAllItsVisitsOrNone() throws InterruptedException {
        VisitBuffer buffer = buffer(1_000);
        var wrong = new ConcurrentHashMap<Long, Long>();
        List<Thread> threads = crowd(buffer);
        threads.add(Thread.ofPlatform().start(() -> {
            int answers = 0;
            for (long visit = 1; answers < ANSWERS && wrong.isEmpty(); visit++) {
                buffer.add(VISITOR);
                if (visitsOfTheVisitor(buffer) instanceof VisitLookup.Known(Optional<CallerVisits> known)) {
                    answers++;
                    if (known.orElseThrow().visits().count() != visit) {
                        wrong.put(visit, known.orElseThrow().visits().count());
                    }
                }
            }
        }));
        flushWhile(threads, buffer);
        assertThat(wrong).isEmpty();
    }

    private static VisitBuffer buffer(int limit) {
        return new VisitBuffer(new TestVisitsConfig(limit, BATCH), InstantSource.fixed(NOON));
    }

    private static List<Thread> crowd(VisitBuffer buffer) {
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < THREADS; i++) {
            Stream<IpAddress> visits = visits(i);
            threads.add(Thread.ofPlatform().start(() -> visits.forEach(buffer::add)));
        }
        return threads;
    }

    private static Stream<IpAddress> visits(int thread) {
        return new SplittableRandom(SEED + thread).ints(VISITS, 0, CROWD.size()).mapToObj(CROWD::get);
    }

    private static Map<IpAddress, Long> visitsOfTheCrowd() {
        var visits = new HashMap<IpAddress, Long>();
        for (int i = 0; i < THREADS; i++) {
            visits(i).forEach(address -> visits.merge(address, 1L, Long::sum));
        }
        return visits;
    }

    private VisitLookup visitsOfTheVisitor(VisitBuffer buffer) {
        long generation = buffer.generation();
        Optional<CallerVisits> read = Optional.ofNullable(stored.get(VISITOR))
                .map(count -> CallerVisits.ofAddress(Visits.of(count, NOON, NOON)));
        return buffer.merge(VISITOR, read, generation);
    }

    private void flushWhile(List<Thread> threads, VisitBuffer buffer) throws InterruptedException {
        while (threads.stream().anyMatch(Thread::isAlive)) {
            flushOnce(buffer);
            Thread.sleep(PAUSE);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        flushOnce(buffer);
    }

    private void flushOnce(VisitBuffer buffer) {
        buffer.rollBatches();
        for (Optional<Batch> next = buffer.nextBatch(); next.isPresent(); next = buffer.nextBatch()) {
            Batch batch = next.get();
            maxAddresses = Math.max(maxAddresses, buffer.addressCount());
            assertThat(batch.sequence()).isEqualTo(++lastSequence);
            batch.visits().forEach((address, visits) -> stored.merge(address, visits.count(), Long::sum));
            buffer.confirm(batch);
        }
    }

    private static long sum(Map<IpAddress, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
