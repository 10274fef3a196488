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
 * Visits that are not stored yet, added up per address. Any thread may add; one thread, the writer, seals what is
 * waiting into batches and confirms them.
 *
 * <p>Memory is bounded by the number of addresses: past the limit, a visit of an address that is not waiting already is
 * dropped, and the drop is counted. Waiting entries are immutable and leave by an atomic removal, so no visit is ever in
 * two places or in none.
 */
@Singleton
public class UnsavedVisits {

    private final VisitsConfig config;
    private final InstantSource clock;
    private final ConcurrentHashMap<IpAddress, Visits> waiting = new ConcurrentHashMap<>();
    private final Deque<Batch> sealed = new ConcurrentLinkedDeque<>();
    private final AtomicLong generation = new AtomicLong();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder stored = new LongAdder();
    private final AtomicInteger sealedAddresses = new AtomicInteger();
    private volatile boolean sealing;
    private long sequence;

    UnsavedVisits(VisitsConfig config, InstantSource clock) {
        if (config.unsavedLimit() < 1 || config.batchSize() < 1) {
            throw new IllegalArgumentException(
                    "reverser.visits.unsaved-limit and reverser.visits.batch-size are at least 1");
        }
        this.config = config;
        this.clock = clock;
    }

    /** Counts one visit. Never waits, never fails. */
    public void add(IpAddress address) {
        if (addresses() < config.unsavedLimit() || waiting.containsKey(address)) {
            waiting.merge(address, Visits.once(clock.millis()), Visits::plus);
        } else {
            dropped.increment();
        }
    }

    /**
     * Moves what is waiting into batches, unless batches are left over: then the waiting visits had better go on adding
     * up.
     */
    void seal() {
        if (!sealed.isEmpty()) {
            return;
        }
        sealing = true;
        generation.incrementAndGet();
        var rows = new TreeMap<IpAddress, Visits>();
        // A copy, because a walk through the map itself meets an address again that comes back meanwhile.
        for (IpAddress address : List.copyOf(waiting.keySet())) {
            Visits visits = waiting.remove(address);
            if (visits != null) {
                rows.put(address, visits);
                sealedAddresses.incrementAndGet();
            }
            if (rows.size() == config.batchSize()) {
                sealed.add(new Batch(++sequence, rows));
                rows = new TreeMap<>();
            }
        }
        if (!rows.isEmpty()) {
            sealed.add(new Batch(++sequence, rows));
        }
        sealing = false;
    }

    /** The batch to store next. */
    Optional<Batch> next() {
        return Optional.ofNullable(sealed.peek());
    }

    /** The batch is stored. */
    void confirm(Batch batch) {
        generation.incrementAndGet();
        sealed.remove(batch);
        sealedAddresses.addAndGet(-batch.visits().size());
        batch.visits().values().forEach(visits -> stored.add(visits.count()));
    }

    /** Changes whenever visits move on: take it before reading the store, hand it to {@link #complete}. */
    long generation() {
        return generation.get();
    }

    /**
     * All visits of an address: what was read from the store and what is not there yet.
     *
     * @param generation the {@link #generation} before the store was read
     */
    Count complete(IpAddress address, Optional<Visits> stored, long generation) {
        Optional<Visits> here = Optional.ofNullable(waiting.get(address));
        boolean moving =
                sealing || sealed.stream().anyMatch(batch -> batch.visits().containsKey(address));
        if (moving || generation != this.generation.get()) {
            return new Count.Moving();
        }
        return new Count.Known(
                here.map(visits -> stored.map(visits::plus).orElse(visits)).or(() -> stored));
    }

    /** How many addresses are held, at most the limit and a few for each thread that adds. */
    long addresses() {
        return waiting.mappingCount() + sealedAddresses.get();
    }

    /** How many visits were not counted because the limit was reached. */
    long dropped() {
        return dropped.sum();
    }

    /** How many visits were confirmed. */
    long stored() {
        return stored.sum();
    }
}
