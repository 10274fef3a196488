package io.reverser.rotation.plan;

import static io.reverser.rotation.plan.TestPlans.cron;
import static io.reverser.rotation.plan.TestPlans.weekly;
import static io.reverser.rotation.plan.TestPlans.windows;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Opening times of windows across clock changes and in unusual time zones. */
class MaintenanceWindowTest {

    /**
     * When clocks are set forward, Berlin and New York skip 02:00 to 03:00, Lord Howe skips 02:00 to 02:30, and
     * Santiago and Cairo skip the hour after midnight. A start in such a gap moves by the length of the gap, and the
     * length of the window stays the same.
     */
    @ParameterizedTest(name = "{0} {1} {2} for {3}")
    @CsvSource(textBlock = """
            # zone,               day,        start, length, opens (UTC),          on the wall,      closes (UTC)
            Europe/Berlin,        2026-03-29, 01:30, 3h,     2026-03-29T00:30:00Z, 2026-03-29T01:30, 2026-03-29T03:30:00Z
            Europe/Berlin,        2026-03-29, 02:00, 3h,     2026-03-29T01:00:00Z, 2026-03-29T03:00, 2026-03-29T04:00:00Z
            Europe/Berlin,        2026-03-29, 02:30, 3h,     2026-03-29T01:30:00Z, 2026-03-29T03:30, 2026-03-29T04:30:00Z
            Europe/Berlin,        2026-03-29, 03:00, 3h,     2026-03-29T01:00:00Z, 2026-03-29T03:00, 2026-03-29T04:00:00Z
            Europe/Berlin,        2026-03-28, 23:00, 6h,     2026-03-28T22:00:00Z, 2026-03-28T23:00, 2026-03-29T04:00:00Z
            America/New_York,     2026-03-08, 01:59, 1h,     2026-03-08T06:59:00Z, 2026-03-08T01:59, 2026-03-08T07:59:00Z
            America/New_York,     2026-03-08, 02:30, 1h,     2026-03-08T07:30:00Z, 2026-03-08T03:30, 2026-03-08T08:30:00Z
            America/New_York,     2026-03-08, 03:00, 1h,     2026-03-08T07:00:00Z, 2026-03-08T03:00, 2026-03-08T08:00:00Z
            Australia/Lord_Howe,  2026-10-04, 01:45, 2h,     2026-10-03T15:15:00Z, 2026-10-04T01:45, 2026-10-03T17:15:00Z
            Australia/Lord_Howe,  2026-10-04, 02:15, 2h,     2026-10-03T15:45:00Z, 2026-10-04T02:45, 2026-10-03T17:45:00Z
            Australia/Lord_Howe,  2026-10-04, 02:30, 2h,     2026-10-03T15:30:00Z, 2026-10-04T02:30, 2026-10-03T17:30:00Z
            America/Santiago,     2026-09-06, 00:00, 2h,     2026-09-06T04:00:00Z, 2026-09-06T01:00, 2026-09-06T06:00:00Z
            America/Santiago,     2026-09-06, 00:59, 2h,     2026-09-06T04:59:00Z, 2026-09-06T01:59, 2026-09-06T06:59:00Z
            America/Santiago,     2026-09-05, 23:59, 2h,     2026-09-06T03:59:00Z, 2026-09-05T23:59, 2026-09-06T05:59:00Z
            Africa/Cairo,         2026-04-24, 00:00, 4h,     2026-04-23T22:00:00Z, 2026-04-24T01:00, 2026-04-24T02:00:00Z
            """)
    void movesStartOutOfClockGap(
            String zone,
            LocalDate day,
            String start,
            String length,
            Instant opens,
            LocalDateTime localStart,
            Instant closes) {
        assertOpens(zone, day, start, length, opens, localStart, closes);
    }

    /**
     * When clocks are set back and the local time of a start occurs twice, the window starts the first time; a window
     * across the change keeps its length.
     */
    @ParameterizedTest(name = "{0} {1} {2} for {3}")
    @CsvSource(textBlock = """
            # zone,               day,        start, length, opens (UTC),          on the wall,      closes (UTC)
            Europe/Berlin,        2026-10-25, 01:59, 3h,     2026-10-24T23:59:00Z, 2026-10-25T01:59, 2026-10-25T02:59:00Z
            Europe/Berlin,        2026-10-25, 02:00, 3h,     2026-10-25T00:00:00Z, 2026-10-25T02:00, 2026-10-25T03:00:00Z
            Europe/Berlin,        2026-10-25, 02:30, 1h,     2026-10-25T00:30:00Z, 2026-10-25T02:30, 2026-10-25T01:30:00Z
            Europe/Berlin,        2026-10-25, 03:00, 3h,     2026-10-25T02:00:00Z, 2026-10-25T03:00, 2026-10-25T05:00:00Z
            America/New_York,     2026-11-01, 01:30, 1h,     2026-11-01T05:30:00Z, 2026-11-01T01:30, 2026-11-01T06:30:00Z
            America/New_York,     2026-11-01, 02:00, 1h,     2026-11-01T07:00:00Z, 2026-11-01T02:00, 2026-11-01T08:00:00Z
            Australia/Lord_Howe,  2026-04-05, 01:30, 2h,     2026-04-04T14:30:00Z, 2026-04-05T01:30, 2026-04-04T16:30:00Z
            Australia/Lord_Howe,  2026-04-05, 01:59, 2h,     2026-04-04T14:59:00Z, 2026-04-05T01:59, 2026-04-04T16:59:00Z
            Australia/Lord_Howe,  2026-04-05, 02:00, 2h,     2026-04-04T15:30:00Z, 2026-04-05T02:00, 2026-04-04T17:30:00Z
            America/Santiago,     2026-04-04, 23:30, 2h,     2026-04-05T02:30:00Z, 2026-04-04T23:30, 2026-04-05T04:30:00Z
            America/Santiago,     2026-04-05, 00:00, 2h,     2026-04-05T04:00:00Z, 2026-04-05T00:00, 2026-04-05T06:00:00Z
            """)
    void opensOnceWhenStartOccursTwice(
            String zone,
            LocalDate day,
            String start,
            String length,
            Instant opens,
            LocalDateTime localStart,
            Instant closes) {
        assertOpens(zone, day, start, length, opens, localStart, closes);
    }

    @ParameterizedTest(name = "{0} after {1}")
    @CsvSource(textBlock = """
            0 22 29 2 *,   2026-01-01, 2028-02-29T22:00
            0 22 31 * *,   2026-01-31, 2026-01-31T22:00
            0 22 31 * *,   2026-02-02, 2026-03-31T22:00
            0 22 L * *,    2028-02-02, 2028-02-29T22:00
            0 22 * * SAT#1, 2026-01-01, 2026-01-03T22:00
            0 22 * * SATL, 2026-01-01, 2026-01-31T22:00
            0 22 * * 0,    2026-01-01, 2026-01-04T22:00
            0 22 * * 7,    2026-01-01, 2026-01-04T22:00
            30 1 1 1 *,    2026-01-02, 2027-01-01T01:30
            0 22 * 6-8 MON-FRI, 2026-01-01, 2026-06-01T22:00
            """)
    void followsCronInLocalTime(String cron, LocalDate after, LocalDateTime localStart) {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        Instant midnight = after.atStartOfDay(berlin).toInstant();
        assertThat(windows(cron("Europe/Berlin", cron, "3h"))
                        .nextOpen(midnight, 1)
                        .getFirst())
                .extracting(next -> next.start().atZone(berlin).toLocalDateTime())
                .isEqualTo(localStart);
    }

    @Test
    void spansMidnightAndYearEnd() {
        MaintenanceWindows windows = windows(weekly("Europe/Berlin", "THU", "23:00", "3h"));
        Instant newYear = Instant.parse("2026-12-31T23:30:00Z");
        assertThat(windows.statusAt(newYear)).isInstanceOf(WindowStatus.Open.class);
        assertThat(windows.nextOpen(newYear, 2))
                .extracting(Occurrence::start)
                .containsExactly(Instant.parse("2026-12-31T22:00:00Z"), Instant.parse("2027-01-07T22:00:00Z"));
    }

    @Test
    void lasts24HoursAcrossClockChanges() {
        List<Occurrence> days = windows("""
                {'name': 'always', 'zone': 'Europe/Berlin', 'cron': '0 0 * * *', 'length': '1d', 'cutoff': '30m'}""").nextOpen(Instant.parse("2026-10-23T22:00:00Z"), 4);
        assertThat(days)
                .extracting(Occurrence::end)
                .containsExactly(
                        Instant.parse("2026-10-24T22:00:00Z"),
                        // The day has 25 hours, so this window of 24 hours ends an hour before the next one starts.
                        Instant.parse("2026-10-25T22:00:00Z"),
                        Instant.parse("2026-10-26T23:00:00Z"),
                        Instant.parse("2026-10-27T23:00:00Z"));
    }

    private static void assertOpens(
            String zone,
            LocalDate day,
            String start,
            String length,
            Instant opens,
            LocalDateTime localStart,
            Instant closes) {
        String name = day.getDayOfWeek().name().substring(0, 3);
        Instant dayBefore = opens.minusSeconds(24 * 60 * 60);
        Occurrence next = windows(weekly(zone, name, start, length))
                .nextOpen(dayBefore, 1)
                .getFirst();
        assertThat(next.start()).isEqualTo(opens);
        assertThat(next.start().atZone(ZoneId.of(zone)).toLocalDateTime()).isEqualTo(localStart);
        assertThat(next.end()).isEqualTo(closes);
        assertThat(windows(weekly(zone, name, start, length)).nextOpen(closes, 1))
                .as("it opens once")
                .allMatch(after -> after.start().isAfter(closes.plusSeconds(5 * 24 * 60 * 60)));
    }
}
