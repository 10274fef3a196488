package io.reverser.bench.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.bench.account.VitalBook.Sample;
import java.time.Instant;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class VitalBookTest {

    private static final Moment NOW = new Moment(Instant.EPOCH, Instant.EPOCH);
    private static final int MINUTES = 20;

    @Test
    void findsNothingWhereAProcessWarmsUpAndStaysAsItIs() {
        assertThat(book(minute -> minute < 4 ? 100 : 200, minute -> 20, minute -> 8)
                        .losses(NOW))
                .isEmpty();
    }

    @Test
    void findsMemoryThatGrows() {
        assertThat(book(minute -> 100 + 5 * minute, minute -> 20, minute -> 8).losses(NOW))
                .singleElement()
                .asString()
                .contains("Memory grows: some had");
    }

    @Test
    void findsThreadsAndSocketsThatLeak() {
        assertThat(book(minute -> 100, minute -> 20 + 2 * minute, minute -> 8).losses(NOW))
                .singleElement()
                .asString()
                .contains("Threads leak");
        assertThat(book(minute -> 100, minute -> 20, minute -> 8 + 2 * minute).losses(NOW))
                .singleElement()
                .asString()
                .contains("Sockets leak");
    }

    /** One that is only needed now and then may have been killed in between. */
    @Test
    void saysNothingAboutAProcessThatWasNotThereAtFirst() {
        List<Sample> samples = Stream.concat(
                        book(minute -> 100, minute -> 20, minute -> 8).samples().stream(),
                        Stream.of(new Sample(Instant.EPOCH.plusSeconds(60L * MINUTES), "other", 150, 30, 20)))
                .toList();
        assertThat(new VitalBook(samples).losses(NOW)).isEmpty();
    }

    @Test
    void saysNothingAboutGrowthInAShortTime() {
        var samples = book(minute -> 100 + 50 * minute, minute -> 20, minute -> 8)
                .samples()
                .subList(0, 8);
        assertThat(new VitalBook(samples).losses(NOW)).isEmpty();
        assertThat(new VitalBook(samples).isLongEnough()).isFalse();
    }

    private static VitalBook book(
            IntToDoubleFunction memory, IntToDoubleFunction threads, IntToDoubleFunction sockets) {
        List<Sample> samples = IntStream.rangeClosed(0, MINUTES)
                .mapToObj(minute -> new Sample(
                        Instant.EPOCH.plusSeconds(60L * minute),
                        "some",
                        memory.applyAsDouble(minute),
                        threads.applyAsDouble(minute),
                        sockets.applyAsDouble(minute)))
                .toList();
        return new VitalBook(samples);
    }
}
