package io.reverser.bench.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.bench.account.CallBook.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallBookTest {

    private static final Instant KILLED = Instant.parse("2026-11-25T07:00:00Z");

    @Test
    void allowsARequestToFailThatWasAtAPodWhenThatWasKilled() {
        assertThat(losses(new Failure(KILLED.minusMillis(300), Duration.ofMillis(310), "HTTP 502")))
                .isEmpty();
        assertThat(losses(new Failure(KILLED.plusMillis(150), Duration.ofMillis(2), "HTTP 502")))
                .isEmpty();
    }

    @Test
    void findsEveryOtherRequestThatFailed() {
        assertThat(losses(
                        new Failure(KILLED.minusMillis(300), Duration.ofMillis(290), "HTTP 502"),
                        new Failure(KILLED.plusSeconds(3), Duration.ofMillis(2), "HTTP 502")))
                .hasSize(2)
                .allSatisfy(loss -> assertThat(loss.what()).contains("Request not answered", "HTTP 502"));
    }

    private static List<Loss> losses(Failure... failures) {
        return new CallBook(List.of(failures), List.of(new Moment(KILLED, KILLED))).losses(new Clocks());
    }
}
