package io.reverser.bench.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.bench.reconciliation.GrantReconciliation.EntryLifetime;
import io.reverser.bench.reconciliation.GrantReconciliation.Grant;
import io.reverser.bench.reconciliation.GrantReconciliation.SlackMessages;
import io.reverser.bench.reconciliation.GrantReconciliation.State;
import io.reverser.bench.reconciliation.GrantReconciliation.Sweep;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GrantReconciliationTest {

    private static final Instant GRANTED_AT = Instant.parse("2026-12-02T10:00:00Z");
    private static final Instant EXPIRES_AT = GRANTED_AT.plusSeconds(1800);
    private static final String ADA = "U0ADA";
    private static final Grant EXPIRED_GRANT =
            new Grant("r-1", ADA, State.GRANT_EXPIRED, Optional.of(EXPIRES_AT), Optional.empty());
    private static final EntryLifetime ON_TIME =
            new EntryLifetime("r-1", GRANTED_AT, Optional.of(EXPIRES_AT.plusMillis(300)), EXPIRES_AT);
    private static final List<Sweep> SWEEPS = List.of(
            new Sweep(EXPIRES_AT.plusSeconds(60), EXPIRES_AT.plusSeconds(61), false),
            new Sweep(EXPIRES_AT.plusSeconds(240), EXPIRES_AT.plusSeconds(242), true));

    @Test
    void acceptsAccessThatWasGrantedAndRevokedOnTime() {
        assertThat(discrepancies(EXPIRED_GRANT, ON_TIME)).isEmpty();
        assertThat(reconciliation(EXPIRED_GRANT, ON_TIME).endings())
                .singleElement()
                .satisfies(ending -> assertThat(ending.delay()).isEqualTo(Duration.ofMillis(300)));
    }

    @Test
    void reportsARequestThatIsNotInTheTable() {
        var reconciliation = new GrantReconciliation(
                Map.of("r-2", new DualTimestamp(GRANTED_AT, GRANTED_AT)),
                List.of(),
                List.of(),
                SWEEPS,
                new SlackMessages(Map.of(), Map.of()));
        assertThat(reconciliation.discrepancies(new ClockOffsets()))
                .singleElement()
                .satisfies(discrepancy -> assertThat(discrepancy.description()).contains("Request lost", "r-2"));
    }

    @Test
    void reportsAMissingGrant() {
        assertThat(discrepancies(EXPIRED_GRANT))
                .singleElement()
                .asString()
                .contains("grant lost: there never was an access entry");
        var approved = new Grant("r-1", ADA, State.APPROVED, Optional.of(EXPIRES_AT), Optional.empty());
        assertThat(discrepancies(approved))
                .singleElement()
                .asString()
                .contains("grant lost: approved, but not granted");
        var failed = new Grant("r-1", ADA, State.FAILED, Optional.empty(), Optional.empty());
        assertThat(discrepancies(failed)).singleElement().asString().contains("grant lost");
    }

    @Test
    void reportsAccessWithoutApproval() {
        var refused = new Grant("r-1", ADA, State.REJECTED, Optional.empty(), Optional.empty());
        assertThat(discrepancies(refused, ON_TIME)).singleElement().asString().contains("access without approval");
        assertThat(discrepancies(
                        EXPIRED_GRANT,
                        ON_TIME,
                        new EntryLifetime("r-9", GRANTED_AT, Optional.of(EXPIRES_AT), EXPIRES_AT)))
                .singleElement()
                .asString()
                .contains("Access without a request", "r-9");
    }

    @Test
    void reportsAccessThatWasGrantedTwice() {
        assertThat(discrepancies(EXPIRED_GRANT, ON_TIME, ON_TIME))
                .singleElement()
                .asString()
                .contains("granted 2 times");
    }

    @Test
    void reportsAccessThatEndedEarly() {
        assertThat(discrepancies(
                        EXPIRED_GRANT,
                        new EntryLifetime("r-1", GRANTED_AT, Optional.of(EXPIRES_AT.minusSeconds(1)), EXPIRES_AT)))
                .singleElement()
                .asString()
                .contains("early");
    }

    /** A sweep during a fault may fail to revoke expired access, but the next undisturbed sweep must revoke it. */
    @Test
    void reportsAccessThatOutlastedTheFirstUndisturbedSweep() {
        assertThat(discrepancies(
                        EXPIRED_GRANT,
                        new EntryLifetime("r-1", GRANTED_AT, Optional.of(EXPIRES_AT.plusSeconds(242)), EXPIRES_AT)))
                .isEmpty();
        assertThat(discrepancies(
                        EXPIRED_GRANT,
                        new EntryLifetime("r-1", GRANTED_AT, Optional.of(EXPIRES_AT.plusSeconds(243)), EXPIRES_AT)))
                .singleElement()
                .asString()
                .contains("access outlasted its end");
        assertThat(discrepancies(EXPIRED_GRANT, new EntryLifetime("r-1", GRANTED_AT, Optional.empty(), EXPIRES_AT)))
                .singleElement()
                .asString()
                .contains("the access entry still exists");
    }

    @Test
    void reportsAccessThatWasNotRevokedOnRequest() {
        Instant wanted = GRANTED_AT.plusSeconds(60);
        var revoked = new Grant("r-1", ADA, State.REVOKED, Optional.of(EXPIRES_AT), Optional.of(wanted));
        var sweep = new Sweep(wanted.plusSeconds(100), wanted.plusSeconds(101), true);
        var late = new EntryLifetime("r-1", GRANTED_AT, Optional.of(wanted.plusSeconds(102)), EXPIRES_AT);
        var said = new SlackMessages(Map.of("r-1", List.of("Revoked")), Map.of("U0ADA REVOKED", 1L));
        var reconciliation = new GrantReconciliation(Map.of(), List.of(revoked), List.of(late), List.of(sweep), said);
        assertThat(reconciliation.discrepancies(new ClockOffsets()))
                .singleElement()
                .asString()
                .contains("access outlasted its end");
    }

    @Test
    void reportsAnEntryWithAnotherExpiryThanItsRequest() {
        assertThat(discrepancies(
                        EXPIRED_GRANT,
                        new EntryLifetime(
                                "r-1",
                                GRANTED_AT,
                                Optional.of(EXPIRES_AT.plusSeconds(1)),
                                EXPIRES_AT.plusSeconds(600))))
                .singleElement()
                .asString()
                .contains("the entry expires at");
    }

    @Test
    void reportsMissingMessages() {
        var stale = new SlackMessages(Map.of("r-1", List.of("Granted")), Map.of("U0ADA GRANT_EXPIRED", 1L));
        assertThat(new GrantReconciliation(Map.of(), List.of(EXPIRED_GRANT), List.of(ON_TIME), SWEEPS, stale)
                        .discrepancies(new ClockOffsets()))
                .singleElement()
                .asString()
                .contains("Slack does not show the state GRANT_EXPIRED");
        var silent = new SlackMessages(Map.of("r-1", List.of("Expired.")), Map.of());
        assertThat(new GrantReconciliation(Map.of(), List.of(EXPIRED_GRANT), List.of(ON_TIME), SWEEPS, silent)
                        .discrepancies(new ClockOffsets()))
                .singleElement()
                .asString()
                .contains("got 0 direct messages instead of 1");
    }

    private static List<Discrepancy> discrepancies(Grant grant, EntryLifetime... entries) {
        return reconciliation(grant, entries).discrepancies(new ClockOffsets());
    }

    /** A reconciliation in which Slack shows the final state of the request. */
    private static GrantReconciliation reconciliation(Grant grant, EntryLifetime... entries) {
        var said = new SlackMessages(
                Map.of("r-1", List.of("Expired. Rejected Could not be granted")),
                Map.of("U0ADA GRANT_EXPIRED", 1L, "U0ADA REJECTED", 1L));
        return new GrantReconciliation(Map.of(), List.of(grant), List.of(entries), SWEEPS, said);
    }
}
