package io.reverser.bench.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.bench.account.GrantBook.Entry;
import io.reverser.bench.account.GrantBook.Grant;
import io.reverser.bench.account.GrantBook.Said;
import io.reverser.bench.account.GrantBook.State;
import io.reverser.bench.account.GrantBook.Sweep;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GrantBookTest {

    private static final Instant GIVEN = Instant.parse("2026-12-02T10:00:00Z");
    private static final Instant END = GIVEN.plusSeconds(1800);
    private static final String ADA = "U0ADA";
    private static final Grant OVER = new Grant("r-1", ADA, State.OVER, Optional.of(END), Optional.empty());
    private static final Entry ON_TIME = new Entry("r-1", GIVEN, Optional.of(END.plusMillis(300)), END);
    private static final List<Sweep> SWEEPS = List.of(
            new Sweep(END.plusSeconds(60), END.plusSeconds(61), false),
            new Sweep(END.plusSeconds(240), END.plusSeconds(242), true));

    @Test
    void findsNothingWhereAccessWasGivenAndEndedOnTime() {
        assertThat(losses(OVER, ON_TIME)).isEmpty();
        assertThat(book(OVER, ON_TIME).endings())
                .singleElement()
                .satisfies(ending -> assertThat(ending.late()).isEqualTo(Duration.ofMillis(300)));
    }

    @Test
    void findsARequestThatIsNotInTheTable() {
        var book = new GrantBook(
                Map.of("r-2", new Moment(GIVEN, GIVEN)), List.of(), List.of(), SWEEPS, new Said(Map.of(), Map.of()));
        assertThat(book.losses(new Clocks()))
                .singleElement()
                .satisfies(loss -> assertThat(loss.what()).contains("Request lost", "r-2"));
    }

    @Test
    void findsAGrantThatNeverWas() {
        assertThat(losses(OVER)).singleElement().asString().contains("grant lost: there never was an access entry");
        var approved = new Grant("r-1", ADA, State.APPROVED, Optional.of(END), Optional.empty());
        assertThat(losses(approved)).singleElement().asString().contains("grant lost: approved and not given");
        var failed = new Grant("r-1", ADA, State.FAILED, Optional.empty(), Optional.empty());
        assertThat(losses(failed)).singleElement().asString().contains("grant lost");
    }

    @Test
    void findsAccessThatNobodyApproved() {
        var refused = new Grant("r-1", ADA, State.REFUSED, Optional.empty(), Optional.empty());
        assertThat(losses(refused, ON_TIME)).singleElement().asString().contains("access that nobody approved");
        assertThat(losses(OVER, ON_TIME, new Entry("r-9", GIVEN, Optional.of(END), END)))
                .singleElement()
                .asString()
                .contains("Access without a request", "r-9");
    }

    @Test
    void findsAccessThatWasGivenTwice() {
        assertThat(losses(OVER, ON_TIME, ON_TIME)).singleElement().asString().contains("given 2 times");
    }

    @Test
    void findsAccessThatEndedEarly() {
        assertThat(losses(OVER, new Entry("r-1", GIVEN, Optional.of(END.minusSeconds(1)), END)))
                .singleElement()
                .asString()
                .contains("early");
    }

    /** A sweep while something fails promises nothing; the next one does, to the second. */
    @Test
    void findsAccessThatOutlastedTheFirstGoodSweepAfterItsEnd() {
        assertThat(losses(OVER, new Entry("r-1", GIVEN, Optional.of(END.plusSeconds(242)), END)))
                .isEmpty();
        assertThat(losses(OVER, new Entry("r-1", GIVEN, Optional.of(END.plusSeconds(243)), END)))
                .singleElement()
                .asString()
                .contains("access outlasted its end");
        assertThat(losses(OVER, new Entry("r-1", GIVEN, Optional.empty(), END)))
                .singleElement()
                .asString()
                .contains("access without an end");
    }

    @Test
    void findsAccessThatWasNotEndedWhenSomebodyWantedThat() {
        Instant wanted = GIVEN.plusSeconds(60);
        var revoked = new Grant("r-1", ADA, State.ENDED_EARLY, Optional.of(END), Optional.of(wanted));
        var sweep = new Sweep(wanted.plusSeconds(100), wanted.plusSeconds(101), true);
        var late = new Entry("r-1", GIVEN, Optional.of(wanted.plusSeconds(102)), END);
        var said = new Said(Map.of("r-1", List.of("Ended early")), Map.of("U0ADA ENDED_EARLY", 1L));
        var book = new GrantBook(Map.of(), List.of(revoked), List.of(late), List.of(sweep), said);
        assertThat(book.losses(new Clocks())).singleElement().asString().contains("access outlasted its end");
    }

    @Test
    void findsAnEntryWithAnotherEndThanItsRequest() {
        assertThat(losses(OVER, new Entry("r-1", GIVEN, Optional.of(END.plusSeconds(1)), END.plusSeconds(600))))
                .singleElement()
                .asString()
                .contains("the entry was to end");
    }

    @Test
    void findsWhatSlackDoesNotSay() {
        var stale = new Said(Map.of("r-1", List.of("Granted")), Map.of("U0ADA OVER", 1L));
        assertThat(new GrantBook(Map.of(), List.of(OVER), List.of(ON_TIME), SWEEPS, stale).losses(new Clocks()))
                .singleElement()
                .asString()
                .contains("Slack does not say that it is OVER");
        var silent = new Said(Map.of("r-1", List.of("Over.")), Map.of());
        assertThat(new GrantBook(Map.of(), List.of(OVER), List.of(ON_TIME), SWEEPS, silent).losses(new Clocks()))
                .singleElement()
                .asString()
                .contains("was told 0 times of 1");
    }

    private static List<Loss> losses(Grant grant, Entry... entries) {
        return book(grant, entries).losses(new Clocks());
    }

    /** Slack says of each request what it is. */
    private static GrantBook book(Grant grant, Entry... entries) {
        var said = new Said(
                Map.of("r-1", List.of("Over. Refused Not given")), Map.of("U0ADA OVER", 1L, "U0ADA REFUSED", 1L));
        return new GrantBook(Map.of(), List.of(grant), List.of(entries), SWEEPS, said);
    }
}
