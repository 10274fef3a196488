package io.reverser.rotation.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WindowExplanationTest {

    private static final MaintenanceWindows WINDOWS =
            TestPlans.windows("""
            {'name': 'sunday night', 'zone': 'Europe/Berlin', 'days': ['SUN'], 'start': '02:00', 'length': '3h', 'cutoff': '1h'},
            {'name': 'first saturday', 'zone': 'Europe/Berlin', 'cron': '0 22 * * SAT#1', 'length': '4h', 'cutoff': '1h'}""", "{'from': '2026-12-20', 'to': '2027-01-06', 'reason': 'the year ends'}");

    /** In the first night of the list, clocks are set forward, so 02:00 does not exist. */
    @Test
    void explainsClosedAndListsNextWindows() {
        assertThat(WindowExplanation.describe(WINDOWS, Instant.parse("2026-03-25T13:05:00Z")))
                .isEqualTo("""
                CLOSED at Wed 2026-03-25 13:05 UTC
                No window is open.
                The next is sunday night, in 3d11h55m.

                1. sunday night
                   Europe/Berlin   Sun 2026-03-29 03:00   latest start 05:00   ends 06:00
                   UTC             Sun 2026-03-29 01:00   latest start 03:00   ends 04:00

                2. first saturday
                   Europe/Berlin   Sat 2026-04-04 22:00   latest start Sun 01:00   ends Sun 02:00
                   UTC             Sat 2026-04-04 20:00   latest start 23:00   ends Sun 00:00

                3. sunday night
                   Europe/Berlin   Sun 2026-04-05 02:00   latest start 04:00   ends 05:00
                   UTC             Sun 2026-04-05 00:00   latest start 02:00   ends 03:00

                4. sunday night
                   Europe/Berlin   Sun 2026-04-12 02:00   latest start 04:00   ends 05:00
                   UTC             Sun 2026-04-12 00:00   latest start 02:00   ends 03:00

                5. sunday night
                   Europe/Berlin   Sun 2026-04-19 02:00   latest start 04:00   ends 05:00
                   UTC             Sun 2026-04-19 00:00   latest start 02:00   ends 03:00""");
    }

    @Test
    void explainsOpen() {
        assertThat(WindowExplanation.describe(WINDOWS, Instant.parse("2026-01-04T01:30:00Z")))
                .startsWith("""
                OPEN at Sun 2026-01-04 01:30 UTC
                sunday night is open for another 2h30m.
                A rotation can start for another 1h30m.

                1. sunday night, open now
                   Europe/Berlin   Sun 2026-01-04 02:00   latest start 04:00   ends 05:00
                """);
    }

    @Test
    void explainsCutoff() {
        assertThat(WindowExplanation.describe(WINDOWS, Instant.parse("2026-01-04T03:59:30Z")))
                .startsWith("""
                CLOSING at Sun 2026-01-04 03:59 UTC
                sunday night is open for another 1m, but no rotation starts in its last 1h.

                1. sunday night, open now
                """);
    }

    @Test
    void explainsBlackout() {
        assertThat(WindowExplanation.describe(WINDOWS, Instant.parse("2026-12-27T02:00:00Z")))
                .startsWith("""
                        CLOSED at Sun 2026-12-27 02:00 UTC
                        A blackout keeps sunday night closed:
                        2026-12-20 to 2027-01-06: the year ends
                        The next is sunday night, in 13d23h.

                        1. sunday night
                           Europe/Berlin   Sun 2027-01-10 02:00   latest start 04:00   ends 05:00
                        """)
                .endsWith("""

                        Skipped, 2026-12-20 to 2027-01-06: the year ends
                           sunday night: 2 times, Sun 2026-12-27 to Sun 2027-01-03
                           first saturday: Sat 2027-01-02 22:00""");
    }

    @Test
    void findsWindowsYearsAhead() {
        String leapDay = TestPlans.cron("UTC", "0 2 29 2 *", "1h");
        assertThat(WindowExplanation.describe(TestPlans.windows(leapDay), Instant.parse("2096-03-01T00:00:00Z")))
                .startsWith("""
                        CLOSED at Thu 2096-03-01 00:00 UTC
                        No window is open.
                        The next is cron, in 2920d2h.
                        """);
    }

    /**
     * Explains the windows of a plan with the longest names that the settings allow, in the zone with the longest name.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {"2026-03-25T13:05:00Z", "2026-12-27T07:00:00Z", "2026-01-04T07:30:00Z", "2026-01-05T03:00:00Z"})
    void fitsIn100Columns(String now) {
        MaintenanceWindows windows = TestPlans.windows(
                """
                {'name': '%s', 'zone': 'America/Argentina/ComodRivadavia', 'days': ['SUN'], 'start': '03:59', 'length': '1d', 'cutoff': '1h'}""".formatted("n".repeat(40)),
                "{'from': '2026-12-20', 'to': '2027-12-06', 'reason': '%s'}".formatted("w".repeat(60)));
        assertThat(WindowExplanation.describe(windows, Instant.parse(now)).lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }
}
