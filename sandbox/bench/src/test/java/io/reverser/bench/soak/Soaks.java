package io.reverser.bench.soak;

import io.reverser.bench.account.AlarmBook;
import io.reverser.bench.account.CallBook;
import io.reverser.bench.account.Clocks;
import io.reverser.bench.account.GrantBook;
import io.reverser.bench.account.Loss;
import io.reverser.bench.account.Moment;
import io.reverser.bench.account.RotationBook;
import io.reverser.bench.account.RotationBook.Rotation;
import io.reverser.bench.account.VisitBook;
import io.reverser.bench.account.VitalBook;
import io.reverser.bench.account.VitalBook.Sample;
import io.reverser.bench.soak.Breakage.Happened;
import io.reverser.bench.soak.Callers.Second;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** A soak of 20 minutes that never took place. */
final class Soaks {

    static final Instant BEGUN = Instant.parse("2026-11-25T07:00:00Z");

    private static final int MINUTES = 20;

    private Soaks() {}

    /** With this that did not come to its end. */
    static Outcome with(Loss... stuck) {
        var clocks = new Clocks();
        clocks.moved(BEGUN, Duration.ZERO);
        Moment begun = clocks.wall(BEGUN);
        Moment ended = clocks.wall(BEGUN.plus(Duration.ofMinutes(MINUTES)));
        var seconds = new TreeMap<Long, Second>();
        IntStream.range(0, MINUTES * 60)
                .forEach(second -> seconds.put((long) second, new Second(20, second == 600 ? 3 : 0, Duration.ZERO)));
        Moment killed = clocks.wall(BEGUN.plusSeconds(600));
        var run = new Outcome.Run(
                7,
                begun,
                ended,
                Map.of("alarm: rings", 12),
                List.of(new Happened(new Trouble.PodDies(1), killed, killed)),
                34,
                seconds,
                Map.of("alarms-1", 2));
        var rotation = new Rotation("token", BEGUN.plusSeconds(300), Optional.of("DROPPED"));
        var books = new Outcome.Books(
                new GrantBook(Map.of(), List.of(), List.of(), List.of(), new GrantBook.Said(Map.of(), Map.of())),
                new AlarmBook(List.of(), List.of(), List.of()),
                new VisitBook(Map.of("a", 24_000L), Map.of(), Map.of("a", 24_000L), List.of(), Map.of()),
                new CallBook(
                        List.of(new CallBook.Failure(killed.wall(), Duration.ofMillis(2), "HTTP 502")),
                        List.of(killed)),
                new RotationBook(
                        1,
                        List.of(rotation),
                        List.of("The password has changed"),
                        new RotationBook.AtTheEnd(true, false, false, List.of(), 0)),
                new VitalBook(IntStream.rangeClosed(0, MINUTES)
                        .mapToObj(minute -> new Sample(BEGUN.plusSeconds(60L * minute), "alarms-1", 180, 26, 4))
                        .toList()),
                clocks);
        return new Outcome(run, books, List.of(stuck));
    }
}
