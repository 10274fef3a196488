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
 * Visits that are not stored yet, added up per address. Any thread may add; one thread, the writer, rolls what is
 * pending into batches and confirms them.
 *
 * <p>Memory is bounded by the number of addresses: past the limit, a visit of an address that is not waiting already is
 * dropped, and the drop is counted. Waiting entries are immutable and leave by an atomic removal, so no visit is ever in
 * two places or in none.
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
                    "reverser.visits.unsaved-limit and reverser.visits.batch-size are at least 1");
        }
        this.config = config;
        this.clock = clock;
    }

    /** Counts one visit. Never waits, never fails. */
    public void add(IpAddress address) {
        if (addressCount() < config.unsavedLimit() || pending.containsKey(address)) {
            pending.merge(address, Visits.single(clock.millis()), Visits::plus);
        } else {
            dropped.increment();
        }
    }

    /**
     * Moves what is waiting into batches, unless batches are left over: then the waiting visits had better go on adding
     * up.
     */
    void rollBatches() {
        if (!batches.isEmpty()) {
            return;
        }
        rolling = true;
        generation.incrementAndGet();
        var rows = new TreeMap<IpAddress, Visits>();
        // A copy, because a walk through the map itself meets an address again that comes back meanwhile.
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

    /** The batch to store next. */
    Optional<Batch> nextBatch() {
        return Optional.ofNullable(batches.peek());
    }

    /** The batch is stored. */
    void confirm(Batch batch) {
        generation.incrementAndGet();
        batches.remove(batch);
        batchedAddresses.addAndGet(-batch.visits().size());
        batch.visits().values().forEach(visits -> stored.add(visits.count()));
    }

    /** Changes whenever visits move on: take it before reading the store, hand it to {@link #merge}. */
    long generation() {
        return generation.get();
    }

    /**
     * All visits of an address: what was read from the store and what is not there yet.
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

    /** How many addresses are held, at most the limit and a few for each thread that adds. */
    long addressCount() {
        return pending.mappingCount() + batchedAddresses.get();
    }

    /** How many visits were not counted because the limit was reached. */
    long droppedCount() {
        return dropped.sum();
    }

    /** How many visits were confirmed. */
    long storedCount() {
        return stored.sum();
    }
}
