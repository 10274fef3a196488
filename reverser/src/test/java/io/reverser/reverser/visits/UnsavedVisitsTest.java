package io.reverser.reverser.visits;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.reverser.address.IpAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** At most four addresses wait, two in a batch. */
class UnsavedVisitsTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Visits ONE = Visits.of(1, NOON, NOON);
    private static final Visits TWO = Visits.of(2, NOON, NOON);
    private static final Visits FIVE = Visits.of(5, NOON.minusSeconds(60), NOON);
    private static final IpAddress A = address("203.0.113.7");
    private static final IpAddress B = address("203.0.113.8");
    private static final IpAddress C = address("203.0.113.9");
    private static final IpAddress D = address("2001:db8::7");
    private static final IpAddress E = address("2001:db8::8");

    private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
    private final UnsavedVisits unsaved = new UnsavedVisits(new VisitLimits(4, 2), now::get);

    @Test
    void visitsOfAnAddressAddUp() {
        add(A, A);
        now.set(NOON.plusSeconds(5));
        add(B, A);
        unsaved.seal();
        assertThat(batch().visits())
                .isEqualTo(Map.of(
                        A, Visits.of(3, NOON, NOON.plusSeconds(5)),
                        B, Visits.of(1, NOON.plusSeconds(5), NOON.plusSeconds(5))));
    }

    @Test
    void visitsAreCountedToTheMillisecondThatTheDatabaseKeeps() {
        now.set(NOON.plusNanos(123_456_789));
        add(A);
        unsaved.seal();
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
        unsaved.seal();
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
    void nothingIsSealedWhenNothingWaits() {
        unsaved.seal();
        assertThat(unsaved.next()).isEmpty();
    }

    @Test
    void aBatchStaysNextUntilItIsConfirmed() {
        add(A, B, C);
        unsaved.seal();
        Batch first = batch();
        assertThat(batch()).isSameAs(first);
        unsaved.confirm(first);
        assertThat(batch().sequence()).isEqualTo(2);
    }

    @Test
    void visitsGoOnAddingUpWhileABatchIsLeftOver() {
        add(A);
        unsaved.seal();
        add(A, B);
        unsaved.seal();
        assertThat(storeEverything()).extracting(Batch::visits).containsExactly(new TreeMap<>(Map.of(A, ONE)));
        add(A);
        assertThat(storeEverything()).extracting(Batch::visits).containsExactly(new TreeMap<>(Map.of(A, TWO, B, ONE)));
    }

    @Test
    void confirmedVisitsAreStoredVisits() {
        add(A, A, B);
        storeEverything();
        add(C);
        unsaved.seal();
        assertThat(unsaved.stored()).isEqualTo(3);
    }

    @Test
    void addressesAreHeldUntilTheyAreConfirmed() {
        add(A, B, B);
        assertThat(unsaved.addresses()).isEqualTo(2);
        unsaved.seal();
        assertThat(unsaved.addresses()).isEqualTo(2);
        unsaved.confirm(batch());
        assertThat(unsaved.addresses()).isZero();
    }

    @Test
    void atTheLimitVisitsOfFurtherAddressesAreDroppedAndTheDropsCounted() {
        add(A, B, C, D);
        add(E, E);
        assertThat(unsaved.dropped()).isEqualTo(2);
        assertThat(unsaved.addresses()).isEqualTo(4);
        assertThat(storeEverything()).noneMatch(batch -> batch.visits().containsKey(E));
    }

    @Test
    void atTheLimitVisitsOfWaitingAddressesStillCount() {
        add(A, B, C, D);
        add(A, D);
        storeEverything();
        assertThat(unsaved.dropped()).isZero();
        assertThat(unsaved.stored()).isEqualTo(6);
    }

    @Test
    void addressesInFlightCountTowardsTheLimit() {
        add(A, B, C, D);
        unsaved.seal();
        add(E, A);
        assertThat(unsaved.dropped()).isEqualTo(2);
    }

    @Test
    void confirmingMakesRoom() {
        add(A, B, C, D);
        unsaved.seal();
        unsaved.confirm(batch());
        add(E, E);
        assertThat(unsaved.dropped()).isZero();
        assertThat(unsaved.addresses()).isEqualTo(3);
    }

    @Test
    void waitingVisitsCompleteTheStoredOnes() {
        add(A, A);
        assertThat(complete(A, Optional.of(FIVE))).isEqualTo(known(FIVE.plus(TWO)));
    }

    @Test
    void waitingVisitsAreAllVisitsOfANewAddress() {
        add(A, A);
        assertThat(complete(A, Optional.empty())).isEqualTo(known(TWO));
    }

    @Test
    void storedVisitsAreAllVisitsWhenNoneWait() {
        add(B);
        assertThat(complete(A, Optional.of(FIVE))).isEqualTo(known(FIVE));
    }

    /** As for a caller whose visit was dropped at the bound. */
    @Test
    void anAddressWithoutVisitsIsKnownToHaveNone() {
        assertThat(complete(A, Optional.empty())).isEqualTo(new Count.Known(Optional.empty()));
    }

    @Test
    void visitsAreUnknownWhileABatchWithTheirAddressIsInFlight() {
        add(A);
        unsaved.seal();
        add(A);
        assertThat(complete(A, Optional.empty())).isEqualTo(new Count.Moving());
        assertThat(complete(A, Optional.of(FIVE))).isEqualTo(new Count.Moving());
    }

    @Test
    void visitsAreWholeAgainOnceTheirBatchIsConfirmed() {
        add(A);
        unsaved.seal();
        add(A);
        unsaved.confirm(batch());
        assertThat(complete(A, Optional.of(FIVE))).isEqualTo(known(FIVE.plus(ONE)));
    }

    @Test
    void aBatchInFlightConcernsItsOwnAddressesOnly() {
        add(B);
        unsaved.seal();
        add(A);
        assertThat(complete(A, Optional.of(FIVE))).isEqualTo(known(FIVE.plus(ONE)));
    }

    @Test
    void whatWasReadBeforeVisitsWereSealedIsReadAgain() {
        add(A);
        long generation = unsaved.generation();
        unsaved.seal();
        unsaved.confirm(batch());
        assertThat(unsaved.complete(A, Optional.empty(), generation)).isEqualTo(new Count.Moving());
    }

    @Test
    void whatWasReadBeforeABatchWasConfirmedIsReadAgain() {
        add(A);
        unsaved.seal();
        long generation = unsaved.generation();
        unsaved.confirm(batch());
        assertThat(unsaved.complete(A, Optional.empty(), generation)).isEqualTo(new Count.Moving());
    }

    @Test
    void addingIsNoReasonToReadAgain() {
        long generation = unsaved.generation();
        add(A, B);
        assertThat(unsaved.complete(A, Optional.of(FIVE), generation)).isEqualTo(known(FIVE.plus(ONE)));
    }

    private void add(IpAddress... addresses) {
        for (IpAddress address : addresses) {
            unsaved.add(address);
        }
    }

    private Batch batch() {
        return unsaved.next().orElseThrow();
    }

    private List<Batch> storeEverything() {
        var batches = new ArrayList<Batch>();
        unsaved.seal();
        for (Optional<Batch> next = unsaved.next(); next.isPresent(); next = unsaved.next()) {
            batches.add(next.get());
            unsaved.confirm(next.get());
        }
        return batches;
    }

    private Count complete(IpAddress address, Optional<Visits> stored) {
        return unsaved.complete(address, stored, unsaved.generation());
    }

    private static Count known(Visits visits) {
        return new Count.Known(Optional.of(visits));
    }

    private static IpAddress address(String text) {
        return IpAddress.parse(text).orElseThrow();
    }
}
