package io.reverser.reverser.visits;

import io.reverser.reverser.address.IpAddress;
import io.reverser.reverser.address.Ipv6Network;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * Visits that are not stored yet, aggregated per address. Any thread may add visits; only the writer's thread moves
 * pending visits to batches and confirms them.
 *
 * <p>Memory is bounded by the number of addresses: above the limit in the setting {@code unsaved-limit}, visits of
 * further addresses are dropped and counted. Visits of many addresses of one IPv6 network are counted for the network.
 * Pending entries are immutable and are removed atomically, so a visit is never in two places or in none.
 */
@Singleton
public class VisitBuffer {

    /**
     * The number of addresses of a network whose visits are counted separately. The devices of a network can choose
     * among 2^64 addresses, so without a limit, one device could fill the buffer and the table.
     */
    static final int ADDRESSES_PER_NETWORK = 256;

    private final VisitsConfig config;
    private final InstantSource clock;
    private final ConcurrentHashMap<IpAddress, Visits> pending = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Ipv6Network, Integer> pendingAddresses = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Ipv6Network, Visits> pendingNetworks = new ConcurrentHashMap<>();
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
            Visits visit = Visits.single(clock.millis());
            crowdedNetwork(address)
                    .ifPresentOrElse(
                            network -> pendingNetworks.merge(network, visit, Visits::plus),
                            () -> pending.merge(address, visit, Visits::plus));
        } else {
            dropped.increment();
        }
    }

    /** The network of an address that is not pending itself, if too many other addresses of the network are pending. */
    private Optional<Ipv6Network> crowdedNetwork(IpAddress address) {
        if (address.version() == 4 || pending.containsKey(address)) {
            return Optional.empty();
        }
        return Ipv6Network.of(address)
                .filter(network -> pendingAddresses.merge(network, 1, Integer::sum) > ADDRESSES_PER_NETWORK);
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
        pendingAddresses.clear();
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
                batches.add(new Batch(++sequence, rows, Map.of()));
                rows = new TreeMap<>();
            }
        }
        var networks = new HashMap<Ipv6Network, Visits>();
        for (Ipv6Network network : List.copyOf(pendingNetworks.keySet())) {
            Visits visits = pendingNetworks.remove(network);
            if (visits != null) {
                networks.put(network, visits);
                batchedAddresses.incrementAndGet();
            }
        }
        if (!rows.isEmpty() || !networks.isEmpty()) {
            batches.add(new Batch(++sequence, rows, networks));
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
        batchedAddresses.addAndGet(-batch.size());
        batch.visits().values().forEach(visits -> stored.add(visits.count()));
        batch.networks().values().forEach(visits -> stored.add(visits.count()));
    }

    /**
     * A number that changes whenever visits move to batches or a batch is confirmed. Callers read the number before
     * they read the store, and pass it to {@link #merge}.
     */
    long generation() {
        return generation.get();
    }

    /**
     * Discards the pending visits of an address.
     *
     * @return whether all its other visits are stored; false while a batch with visits of the address is in flight
     */
    boolean discard(IpAddress address) {
        pending.remove(address);
        return !isInFlight(address);
    }

    private boolean isInFlight(IpAddress address) {
        return rolling || batches.stream().anyMatch(batch -> batch.visits().containsKey(address));
    }

    /**
     * All visits of a caller: the stored and the pending ones, either of its address or of its network.
     *
     * @param generation the {@link #generation} before the store was read
     */
    VisitLookup merge(IpAddress address, Optional<CallerVisits> stored, long generation) {
        Optional<Visits> own = Optional.ofNullable(pending.get(address));
        Optional<Ipv6Network> network = Ipv6Network.of(address);
        Optional<Visits> shared = network.map(pendingNetworks::get);
        boolean networkInFlight = network.isPresent()
                && batches.stream().anyMatch(batch -> batch.networks().containsKey(network.get()));
        if (isInFlight(address) || networkInFlight || generation != this.generation.get()) {
            return new VisitLookup.InFlight();
        }
        Optional<Ipv6Network> countedFor = stored.map(CallerVisits::network)
                .orElseGet(() -> own.isEmpty() && shared.isPresent() ? network : Optional.empty());
        return new VisitLookup.Known(Stream.of(
                        stored.map(CallerVisits::visits),
                        own,
                        countedFor.isPresent() ? shared : Optional.<Visits>empty())
                .flatMap(Optional::stream)
                .reduce(Visits::plus)
                .map(visits -> new CallerVisits(visits, countedFor)));
    }

    /**
     * The number of buffered addresses and networks: at most the limit, plus a few for each thread that adds visits.
     */
    long addressCount() {
        return pending.mappingCount() + pendingNetworks.mappingCount() + batchedAddresses.get();
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
