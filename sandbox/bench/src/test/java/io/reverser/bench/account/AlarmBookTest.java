package io.reverser.bench.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.bench.account.AlarmBook.Change;
import io.reverser.bench.account.AlarmBook.Letter;
import io.reverser.bench.account.AlarmBook.Post;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlarmBookTest {

    private static final Instant NOW = Instant.parse("2026-12-02T10:00:00.250Z");
    private static final Change RANG =
            new Change("arn:aws:cloudwatch:eu-central-1:111122223333:alarm:shop", "ALARM", NOW);
    private static final Change ENDED = new Change(RANG.arn(), "OK", NOW.plusSeconds(9));

    @Test
    void findsNothingWhereEachChangeIsAMessageOrALine() {
        assertThat(losses(List.of(RANG, ENDED), post(RANG), post(ENDED))).isEmpty();
    }

    @Test
    void findsAChangeThatNobodyWasTold() {
        assertThat(losses(List.of(RANG, ENDED), post(RANG)))
                .singleElement()
                .asString()
                .contains("Alarm lost: shop became OK", "0 times of 1", "10:00:09");
    }

    /** A line of a storm tells the second; of two changes in one, both have to be there. */
    @Test
    void countsTheLinesOfAStorm() {
        var again = new Change(RANG.arn(), "ALARM", NOW.plusMillis(600));
        String line = "🔴 `shop` <!date^%d^{date}|then>\n".formatted(NOW.getEpochSecond());
        assertThat(losses(List.of(RANG, again), fold(line + line))).isEmpty();
        assertThat(losses(List.of(RANG, again), fold(line)))
                .singleElement()
                .asString()
                .contains("1 times of 2");
    }

    @Test
    void takesADeadLetterWithAReasonForTold() {
        String body = "{\"AlarmName\":\"shop\",\"StateChangeTime\":\"2026-12-02T10:00:00.250+0000\"}";
        assertThat(new AlarmBook(List.of(RANG), List.of(), List.of(new Letter(body, "invalid_auth")))
                        .losses(new Clocks()))
                .isEmpty();
        assertThat(new AlarmBook(List.of(RANG), List.of(), List.of(new Letter(body, ""))).losses(new Clocks()))
                .hasSize(2)
                .anySatisfy(loss -> assertThat(loss.what()).contains("Dead letter without a reason"));
    }

    @Test
    void findsAMessageThatStillRingsWhenAllIsFine() {
        var stale = new Post(true, "🔴 *the shop fails*", "", "\"" + RANG.mark() + "\"");
        var book = new AlarmBook(List.of(RANG, ENDED), List.of(stale, post(ENDED)), List.of());
        assertThat(book.losses(new Clocks())).isEmpty();
        assertThat(book.lossesWhenFine(new Clocks(), new Moment(NOW, NOW)))
                .singleElement()
                .asString()
                .contains("Update lost", "the shop fails");
    }

    @Test
    void countsWhatIsSaidTwiceAsNoLoss() {
        var book = new AlarmBook(List.of(RANG), List.of(post(RANG), post(RANG)), List.of());
        assertThat(book.losses(new Clocks())).isEmpty();
        assertThat(book.repeated()).isEqualTo(1);
    }

    private static List<Loss> losses(List<Change> changes, Post... posts) {
        return new AlarmBook(changes, List.of(posts), List.of()).losses(new Clocks());
    }

    private static Post post(Change change) {
        return new Post(false, "", "", "{\"mark\":\"" + change.mark() + "\"}");
    }

    private static Post fold(String lines) {
        return new Post(false, "", lines, "{\"mark\":\"fold 1#0 2\"}");
    }
}
