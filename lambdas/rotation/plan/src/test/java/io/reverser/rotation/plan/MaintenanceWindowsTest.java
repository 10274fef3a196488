package io.reverser.rotation.plan;

import static io.reverser.rotation.plan.TestPlans.cron;
import static io.reverser.rotation.plan.TestPlans.weekly;
import static io.reverser.rotation.plan.TestPlans.windows;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaintenanceWindowsTest {

    private static final String NEW_YEAR = "{'from': '2026-12-24', 'to': '2026-12-31', 'reason': 'the year ends'}";

    /** The window is on Sunday from 02:00 to 05:00 in Berlin, in winter. */
    @ParameterizedTest
    @CsvSource({
        "2026-01-04T00:59:59Z, Closed",
        "2026-01-04T01:00:00Z, Open",
        "2026-01-04T03:30:00Z, Open",
        "2026-01-04T03:30:01Z, Closing",
        "2026-01-04T03:59:59Z, Closing",
        "2026-01-04T04:00:00Z, Closed"
    })
    void startsNothingAfterCutoff(Instant now, String status) {
        assertThat(windows(weekly("Europe/Berlin", "SUN", "02:00", "3h")).statusAt(now))
                .extracting(found -> found.getClass().getSimpleName())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-04T01:30:00Z, Open,   early",
        "2026-01-04T02:30:00Z, Open,   late",
        "2026-01-04T03:45:00Z, Open,   late",
        "2026-01-04T04:45:00Z, Closing, late"
    })
    void usesLatestLastStartOfOverlappingWindows(Instant now, String status, String window) {
        MaintenanceWindows windows = windows("""
                {'name': 'late', 'zone': 'UTC', 'days': ['SUN'], 'start': '02:00', 'length': '3h', 'cutoff': '30m'},
                {'name': 'early', 'zone': 'UTC', 'days': ['SUN'], 'start': '01:00', 'length': '3h', 'cutoff': '30m'}""");
        WindowStatus found = windows.statusAt(now);
        assertThat(found.getClass().getSimpleName()).isEqualTo(status);
        assertThat(occurrence(found)).contains(window);
    }

    /** Adjacent windows are not merged, so no rotation starts in the cutoff of the first window. */
    @Test
    void keepsCutoffBetweenAdjacentWindows() {
        MaintenanceWindows windows =
                windows(weekly("UTC", "SUN", "02:00", "1h") + ", " + cron("Europe/Berlin", "0 4 * 1 SUN", "1h"));
        assertThat(windows.statusAt(Instant.parse("2026-01-04T02:45:00Z"))).isInstanceOf(WindowStatus.Closing.class);
        assertThat(windows.statusAt(Instant.parse("2026-01-04T03:00:00Z"))).isInstanceOf(WindowStatus.Open.class);
        assertThat(windows.nextOpen(Instant.parse("2026-01-04T02:59:59Z"), 2))
                .extracting(Occurrence::window)
                .containsExactly("weekly", "cron");
    }

    /**
     * The window is from 31 December 22:00 to 1 January 04:00 in local time; the blackout's last day is 31 December.
     */
    @Test
    void staysClosedWhenBlackoutOverlapsOnlyItsStart() {
        MaintenanceWindows windows = windows(cron("Asia/Tokyo", "0 22 * * THU", "6h"), NEW_YEAR);
        Instant afterMidnight = Instant.parse("2026-12-31T17:00:00Z");
        assertThat(windows.statusAt(afterMidnight)).isInstanceOfSatisfying(WindowStatus.Closed.class, closed -> {
            assertThat(closed.blackedOut().flatMap(Occurrence::blackout).map(Blackout::reason))
                    .contains("the year ends");
            assertThat(closed.next().map(Occurrence::start)).contains(Instant.parse("2027-01-07T13:00:00Z"));
        });
    }

    @ParameterizedTest
    @CsvSource({
        // weekday, date and time of the start in Tokyo, length, whether the window opens
        "WED, 2026-12-23, 22:00, 2h, true",
        "WED, 2026-12-23, 22:00, 3h, false",
        "FRI, 2027-01-01, 00:00, 3h, true",
        "THU, 2026-12-31, 23:45, 1h, false"
    })
    void appliesBlackoutInTheZoneOfTheWindow(String day, String date, String start, String length, boolean opens) {
        MaintenanceWindows windows = windows(weekly("Asia/Tokyo", day, start, length), NEW_YEAR);
        Instant begins = Instant.parse(date + "T" + start + ":00Z").minus(Duration.ofHours(9));
        assertThat(windows.statusAt(begins) instanceof WindowStatus.Open).isEqualTo(opens);
    }

    @Test
    void hasNoNextWhenBlackoutsCoverEverything() {
        String blackouts = "{'from': '2028-02-01', 'to': '2028-03-01', 'reason': 'never'}";
        MaintenanceWindows windows = windows(cron("UTC", "0 2 29 2 *", "1h"), blackouts);
        assertThat(windows.nextOpen(Instant.parse("2026-01-01T00:00:00Z"), 3))
                .extracting(Occurrence::start)
                .containsExactly(
                        Instant.parse("2032-02-29T02:00:00Z"),
                        Instant.parse("2036-02-29T02:00:00Z"),
                        Instant.parse("2040-02-29T02:00:00Z"));
        assertThat(windows.nextOpen(Instant.parse("2026-01-01T00:00:00Z"), 1000))
                .hasSize(6);
    }

    /**
     * {@code statusAt} agrees with {@code nextOpen}, minute by minute around each start and end of a window, and at
     * some times in between.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'name': 'a', 'zone': 'Europe/Berlin', 'days': ['SUN'], 'start': '02:30', 'length': '3h', 'cutoff': '1h'}",
                "{'name': 'a', 'zone': 'Australia/Lord_Howe', 'cron': '15 2 * * *', 'length': '1d', 'cutoff': '1h'}",
                "{'name': 'a', 'zone': 'America/Santiago', 'cron': '0 0 * * SUN', 'length': '4h', 'cutoff': '1h'},"
                        + "{'name': 'b', 'zone': 'Asia/Tokyo', 'cron': '0 14 * * SUN#1', 'length': '3h', 'cutoff': '30m'}"
            })
    void opensExactlyAtPromisedTimes(String settings) {
        MaintenanceWindows windows = windows(settings, NEW_YEAR);
        Instant begin = Instant.parse("2026-01-01T00:00:00Z");
        Instant end = begin.plus(Duration.ofDays(2 * 365));
        List<Occurrence> promised = windows.nextOpen(begin, 2 * 365).stream()
                .filter(each -> each.start().isBefore(end))
                .toList();
        promised.stream()
                .flatMap(each -> List.of(each.start(), each.lastStart(), each.end()).stream())
                .filter(edge ->
                        edge.isAfter(begin.plus(Duration.ofDays(1))) && edge.isBefore(end.minus(Duration.ofDays(1))))
                .forEach(edge -> {
                    for (int minute = -2; minute <= 2; minute++) {
                        assertAgrees(windows, promised, edge.plus(Duration.ofMinutes(minute)));
                    }
                });
        for (Instant now = begin; now.isBefore(end); now = now.plus(Duration.ofMinutes(6 * 60 + 7))) {
            assertAgrees(windows, promised, now);
        }
    }

    private static void assertAgrees(MaintenanceWindows windows, List<Occurrence> promised, Instant now) {
        List<Occurrence> running =
                promised.stream().filter(each -> each.contains(now)).toList();
        boolean mayBegin = running.stream().anyMatch(each -> !now.isAfter(each.lastStart()));
        String expected = running.isEmpty() ? "Closed" : mayBegin ? "Open" : "Closing";
        assertThat(windows.statusAt(now).getClass().getSimpleName())
                .as(now.toString())
                .isEqualTo(expected);
    }

    private static Optional<String> occurrence(WindowStatus status) {
        return switch (status) {
            case WindowStatus.Open(Occurrence open) -> Optional.of(open.window());
            case WindowStatus.Closing(Occurrence closing) -> Optional.of(closing.window());
            case WindowStatus.Closed closed -> Optional.empty();
        };
    }
}
