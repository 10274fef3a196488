package io.reverser.reverser.visits;

import io.reverser.reverser.address.IpAddress;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Visits that are not stored yet, aggregated per address. Any thread may add visits; only the writer's thread moves
 * pending visits to batches and confirms them.
 *
 * <p>Memory is bounded by the number of addresses: above the limit in the setting {@code unsaved-limit}, visits of
 * further addresses are dropped and counted. Pending entries are immutable and are removed atomically, so a visit is
 * never in two places or in none.
 */
@Singleton
public class VisitBuffer {

    private final VisitsConfig config;
    private final InstantSource clock;
    private final ConcurrentHashMap<IpAddress, Visits> pending = new ConcurrentHashMap<>();
    private final Deque<Batch> batches = new ConcurrentLinkedDeque<>();
    private final AtomicLong generation = new AtomicLong();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder stored = new LongAdder();
    private final AtomicInteger batchedAddresses = new AtomicInteger();
    private volatile boolean rolling;
    private long sequence;

    VisitBuffer(VisitsConfig config, InstantSource clock) {
        if (config.unsavedLimit() < 1 || config.batchSize() < 1) {
            throw new IllegalArgumentException(
                    "reverser.visits.unsaved-limit and reverser.visits.batch-size must be at least 1");
        }
        this.config = config;
        this.clock = clock;
    }

    /** Counts one visit. Never blocks and never fails. */
    public void add(IpAddress address) {
        if (addressCount() < config.unsavedLimit() || pending.containsKey(address)) {
            pending.merge(address, Visits.single(clock.millis()), Visits::plus);
        } else {
            dropped.increment();
        }
    }

    /**
     * Moves pending visits to batches. If earlier batches are not stored yet, this method does nothing, so that pending
     * visits continue to aggregate.
     */
    void rollBatches() {
        if (!batches.isEmpty()) {
            return;
        }
        rolling = true;
        generation.incrementAndGet();
        var rows = new TreeMap<IpAddress, Visits>();
        // Iterates over a copy, because the map's iterator could return an address a second time if a visit adds the
        // address again.
        for (IpAddress address : List.copyOf(pending.keySet())) {
            Visits visits = pending.remove(address);
            if (visits != null) {
                rows.put(address, visits);
                batchedAddresses.incrementAndGet();
            }
            if (rows.size() == config.batchSize()) {
                batches.add(new Batch(++sequence, rows));
                rows = new TreeMap<>();
            }
        }
        if (!rows.isEmpty()) {
            batches.add(new Batch(++sequence, rows));
        }
        rolling = false;
    }

    /** The batch to store next; empty if all batches are stored. */
    Optional<Batch> nextBatch() {
        return Optional.ofNullable(batches.peek());
    }

    /** Removes a stored batch. */
    void confirm(Batch batch) {
        generation.incrementAndGet();
        batches.remove(batch);
        batchedAddresses.addAndGet(-batch.visits().size());
        batch.visits().values().forEach(visits -> stored.add(visits.count()));
    }

    /**
     * A number that changes whenever visits move to batches or a batch is confirmed. Callers read the number before
     * they read the store, and pass it to {@link #merge}.
     */
    long generation() {
        return generation.get();
    }

    /**
     * All visits of an address: the stored and the pending ones.
     *
     * @param generation the {@link #generation} before the store was read
     */
    VisitLookup merge(IpAddress address, Optional<Visits> stored, long generation) {
        Optional<Visits> pendingVisits = Optional.ofNullable(pending.get(address));
        boolean inFlight =
                rolling || batches.stream().anyMatch(batch -> batch.visits().containsKey(address));
        if (inFlight || generation != this.generation.get()) {
            return new VisitLookup.InFlight();
        }
        return new VisitLookup.Known(pendingVisits
                .map(visits -> stored.map(visits::plus).orElse(visits))
                .or(() -> stored));
    }

    /** The number of buffered addresses: at most the limit, plus a few for each thread that adds visits. */
    long addressCount() {
        return pending.mappingCount() + batchedAddresses.get();
    }

    /** The number of visits that were dropped because of the limit. */
    long droppedCount() {
        return dropped.sum();
    }

    /** The number of stored visits. */
    long storedCount() {
        return stored.sum();
    }
}
