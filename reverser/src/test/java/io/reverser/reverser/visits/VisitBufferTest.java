package io.reverser.reverser.visits;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.reverser.address.IpAddress;
import io.reverser.reverser.address.Ipv6Address;
import io.reverser.reverser.address.Ipv6Network;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The buffer in these tests has at most four addresses, and two in each batch. */
class VisitBufferTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Visits ONE = Visits.of(1, NOON, NOON);
    private static final Visits TWO = Visits.of(2, NOON, NOON);
    private static final Visits FIVE = Visits.of(5, NOON.minusSeconds(60), NOON);
    private static final IpAddress A = address("203.0.113.7");
    private static final IpAddress B = address("203.0.113.8");
    private static final IpAddress C = address("203.0.113.9");
    private static final IpAddress D = address("2001:db8::7");
    private static final IpAddress E = address("2001:db8::8");

    private static final long PREFIX = 0x20010db8_0000_0042L;
    private static final Ipv6Network NETWORK = new Ipv6Network(PREFIX);

    private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
    private final VisitBuffer buffer = new VisitBuffer(new TestVisitsConfig(4, 2), now::get);

    @Test
    void visitsOfAnAddressAddUp() {
        add(A, A);
        now.set(NOON.plusSeconds(5));
        add(B, A);
        buffer.rollBatches();
        assertThat(batch().visits())
                .isEqualTo(Map.of(
                        A, Visits.of(3, NOON, NOON.plusSeconds(5)),
                        B, Visits.of(1, NOON.plusSeconds(5), NOON.plusSeconds(5))));
    }

    @Test
    void visitsAreCountedToTheMillisecondThatTheDatabaseKeeps() {
        now.set(NOON.plusNanos(123_456_789));
        add(A);
        buffer.rollBatches();
        assertThat(batch().visits().firstEntry().getValue().lastSeen()).isEqualTo(NOON.plusMillis(123));
    }

    @Test
    void aBatchHoldsNoMoreAddressesThanItsSize() {
        add(A, B, C, D, A);
        assertThat(storeEverything()).extracting(batch -> batch.visits().size()).containsExactly(2, 2);
    }

    @Test
    void theLastBatchHoldsTheRest() {
        add(A, B, C);
        assertThat(storeEverything()).extracting(batch -> batch.visits().size()).containsExactly(2, 1);
    }

    @Test
    void theAddressesOfABatchAreSorted() {
        add(D, A);
        buffer.rollBatches();
        assertThat(batch().visits().keySet()).containsExactly(A, D);
    }

    @Test
    void batchesAreNumberedFromOneWithoutAGap() {
        add(A, B, C);
        var batches = new ArrayList<>(storeEverything());
        batches.addAll(storeEverything());
        add(A);
        batches.addAll(storeEverything());
        assertThat(batches).extracting(Batch::sequence).containsExactly(1L, 2L, 3L);
    }

    @Test
    void noBatchIsCreatedWithoutPendingVisits() {
        buffer.rollBatches();
        assertThat(buffer.nextBatch()).isEmpty();
    }

    @Test
    void aBatchRemainsFirstUntilItIsConfirmed() {
        add(A, B, C);
        buffer.rollBatches();
        Batch first = batch();
        assertThat(batch()).isSameAs(first);
        buffer.confirm(first);
        assertThat(batch().sequence()).isEqualTo(2);
    }

    @Test
    void visitsAggregateWhileABatchIsUnconfirmed() {
        add(A);
        buffer.rollBatches();
        add(A, B);
        buffer.rollBatches();
        assertThat(storeEverything()).extracting(Batch::visits).containsExactly(new TreeMap<>(Map.of(A, ONE)));
        add(A);
        assertThat(storeEverything()).extracting(Batch::visits).containsExactly(new TreeMap<>(Map.of(A, TWO, B, ONE)));
    }

    @Test
    void confirmedVisitsAreStoredVisits() {
        add(A, A, B);
        storeEverything();
        add(C);
        buffer.rollBatches();
        assertThat(buffer.storedCount()).isEqualTo(3);
    }

    @Test
    void addressesAreBufferedUntilTheyAreConfirmed() {
        add(A, B, B);
        assertThat(buffer.addressCount()).isEqualTo(2);
        buffer.rollBatches();
        assertThat(buffer.addressCount()).isEqualTo(2);
        buffer.confirm(batch());
        assertThat(buffer.addressCount()).isZero();
    }

    @Test
    void atTheLimitVisitsOfFurtherAddressesAreDroppedAndTheDropsCounted() {
        add(A, B, C, D);
        add(E, E);
        assertThat(buffer.droppedCount()).isEqualTo(2);
        assertThat(buffer.addressCount()).isEqualTo(4);
        assertThat(storeEverything()).noneMatch(batch -> batch.visits().containsKey(E));
    }

    @Test
    void atTheLimitVisitsOfPendingAddressesStillCount() {
        add(A, B, C, D);
        add(A, D);
        storeEverything();
        assertThat(buffer.droppedCount()).isZero();
        assertThat(buffer.storedCount()).isEqualTo(6);
    }

    @Test
    void addressesInFlightCountTowardsTheLimit() {
        add(A, B, C, D);
        buffer.rollBatches();
        add(E, A);
        assertThat(buffer.droppedCount()).isEqualTo(2);
    }

    @Test
    void confirmingFreesCapacity() {
        add(A, B, C, D);
        buffer.rollBatches();
        buffer.confirm(batch());
        add(E, E);
        assertThat(buffer.droppedCount()).isZero();
        assertThat(buffer.addressCount()).isEqualTo(3);
    }

    @Test
    void pendingVisitsAreAddedToStoredOnes() {
        add(A, A);
        assertThat(merge(A, Optional.of(FIVE))).isEqualTo(known(FIVE.plus(TWO)));
    }

    @Test
    void pendingVisitsAreAllVisitsOfANewAddress() {
        add(A, A);
        assertThat(merge(A, Optional.empty())).isEqualTo(known(TWO));
    }

    @Test
    void storedVisitsAreAllVisitsWhenNoneArePending() {
        add(B);
        assertThat(merge(A, Optional.of(FIVE))).isEqualTo(known(FIVE));
    }

    /** A caller whose visit was dropped at the limit may have no visits. */
    @Test
    void anAddressWithoutVisitsIsKnownToHaveNone() {
        assertThat(merge(A, Optional.empty())).isEqualTo(new VisitLookup.Known(Optional.empty()));
    }

    @Test
    void visitsAreUnknownWhileABatchWithTheirAddressIsInFlight() {
        add(A);
        buffer.rollBatches();
        add(A);
        assertThat(merge(A, Optional.empty())).isEqualTo(new VisitLookup.InFlight());
        assertThat(merge(A, Optional.of(FIVE))).isEqualTo(new VisitLookup.InFlight());
    }

    @Test
    void visitsAreKnownAgainOnceTheirBatchIsConfirmed() {
        add(A);
        buffer.rollBatches();
        add(A);
        buffer.confirm(batch());
        assertThat(merge(A, Optional.of(FIVE))).isEqualTo(known(FIVE.plus(ONE)));
    }

    @Test
    void aBatchInFlightAffectsOnlyItsAddresses() {
        add(B);
        buffer.rollBatches();
        add(A);
        assertThat(merge(A, Optional.of(FIVE))).isEqualTo(known(FIVE.plus(ONE)));
    }

    @Test
    void readsAgainAfterVisitsMovedToABatch() {
        add(A);
        long generation = buffer.generation();
        buffer.rollBatches();
        buffer.confirm(batch());
        assertThat(buffer.merge(A, Optional.empty(), generation)).isEqualTo(new VisitLookup.InFlight());
    }

    @Test
    void readsAgainAfterABatchWasConfirmed() {
        add(A);
        buffer.rollBatches();
        long generation = buffer.generation();
        buffer.confirm(batch());
        assertThat(buffer.merge(A, Optional.empty(), generation)).isEqualTo(new VisitLookup.InFlight());
    }

    @Test
    void addingDoesNotCauseAnotherRead() {
        long generation = buffer.generation();
        add(A, B);
        assertThat(buffer.merge(A, Optional.of(CallerVisits.ofAddress(FIVE)), generation))
                .isEqualTo(known(FIVE.plus(ONE)));
    }

    @Test
    void aNetworkFillsOnlyAPartOfTheBuffer() {
        var large = new VisitBuffer(new TestVisitsConfig(1000, 1000), now::get);
        for (long host = 0; host < 1_000_000; host++) {
            large.add(new Ipv6Address(PREFIX, host));
        }
        large.add(A);
        assertThat(large.addressCount()).isEqualTo(256 + 1 + 1);
        assertThat(large.droppedCount()).isZero();
        large.rollBatches();
        Batch batch = large.nextBatch().orElseThrow();
        assertThat(batch.visits()).hasSize(257).containsEntry(new Ipv6Address(PREFIX, 255), ONE);
        assertThat(batch.networks()).isEqualTo(Map.of(NETWORK, Visits.of(1_000_000 - 256, NOON, NOON)));
        large.confirm(batch);
        assertThat(large.storedCount()).isEqualTo(1_000_001);
        assertThat(large.addressCount()).isZero();
    }

    @Test
    void aPendingAddressOfACrowdedNetworkIsStillCountedSeparately() {
        VisitBuffer large = crowded();
        large.add(new Ipv6Address(PREFIX, 7));
        assertThat(large.merge(new Ipv6Address(PREFIX, 7), Optional.empty(), large.generation()))
                .isEqualTo(known(TWO));
    }

    @Test
    void furtherAddressesOfACrowdedNetworkSeeTheVisitsOfTheNetwork() {
        VisitBuffer large = crowded();
        large.add(new Ipv6Address(PREFIX, 1000));
        large.add(new Ipv6Address(PREFIX, 1001));
        var further = new Ipv6Address(PREFIX, 1001);
        assertThat(large.merge(further, Optional.empty(), large.generation())).isEqualTo(knownOfNetwork(TWO));
        assertThat(large.merge(further, Optional.of(new CallerVisits(FIVE, Optional.of(NETWORK))), large.generation()))
                .isEqualTo(knownOfNetwork(FIVE.plus(TWO)));
        large.rollBatches();
        assertThat(large.merge(further, Optional.empty(), large.generation())).isEqualTo(new VisitLookup.InFlight());
    }

    /** The store will count the pending visits for the network, because the address has no row. */
    @Test
    void pendingVisitsAreAddedToThoseOfTheNetworkThatTheStoreFound() {
        add(D);
        assertThat(buffer.merge(D, Optional.of(new CallerVisits(FIVE, Ipv6Network.of(D))), buffer.generation()))
                .isEqualTo(new VisitLookup.Known(Optional.of(new CallerVisits(FIVE.plus(ONE), Ipv6Network.of(D)))));
    }

    @Test
    void discardsPendingVisitsButNotThoseInFlight() {
        add(A, B);
        assertThat(buffer.discard(A)).isTrue();
        buffer.rollBatches();
        assertThat(batch().visits()).containsOnlyKeys(B);
        assertThat(buffer.discard(B)).isFalse();
        buffer.confirm(batch());
        assertThat(buffer.discard(B)).isTrue();
    }

    /** A buffer with 256 pending addresses of one network. */
    private VisitBuffer crowded() {
        var large = new VisitBuffer(new TestVisitsConfig(1000, 1000), now::get);
        for (long host = 0; host < 256; host++) {
            large.add(new Ipv6Address(PREFIX, host));
        }
        return large;
    }

    private static VisitLookup knownOfNetwork(Visits visits) {
        return new VisitLookup.Known(Optional.of(new CallerVisits(visits, Optional.of(NETWORK))));
    }

    private void add(IpAddress... addresses) {
        for (IpAddress address : addresses) {
            buffer.add(address);
        }
    }

    private Batch batch() {
        return buffer.nextBatch().orElseThrow();
    }

    private List<Batch> storeEverything() {
        var batches = new ArrayList<Batch>();
        buffer.rollBatches();
        for (Optional<Batch> next = buffer.nextBatch(); next.isPresent(); next = buffer.nextBatch()) {
            batches.add(next.get());
            buffer.confirm(next.get());
        }
        return batches;
    }

    private VisitLookup merge(IpAddress address, Optional<Visits> stored) {
        return buffer.merge(address, stored.map(CallerVisits::ofAddress), buffer.generation());
    }

    private static VisitLookup known(Visits visits) {
        return new VisitLookup.Known(Optional.of(CallerVisits.ofAddress(visits)));
    }

    private static IpAddress address(String text) {
        return IpAddress.parse(text).orElseThrow();
    }
}
