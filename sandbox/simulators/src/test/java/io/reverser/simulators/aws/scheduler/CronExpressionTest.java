package io.reverser.simulators.aws.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the examples from AWS's documentation, and the nights when daylight saving time starts and ends. */
class CronExpressionTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 10 * * ? *           | UTC              | 2026-10-14T10:00:00Z      | 2026-10-15T10:00:00Z
            15 12 * * ? *          | UTC              | 2026-10-14T12:14:59Z      | 2026-10-14T12:15:00Z
            0 18 ? * MON-FRI *     | UTC              | 2026-10-16T18:00:00Z      | 2026-10-19T18:00:00Z
            0 8 1 * ? *            | UTC              | 2026-12-01T08:00:00Z      | 2027-01-01T08:00:00Z
            0/15 * * * ? *         | UTC              | 2026-10-14T10:31:00Z      | 2026-10-14T10:45:00Z
            0 9 ? * 2#1 *          | UTC              | 2026-10-14T00:00:00Z      | 2026-11-02T09:00:00Z
            15 10 ? * 6L 2027-2030 | UTC              | 2026-10-14T00:00:00Z      | 2027-01-29T10:15:00Z
            0 0 L * ? *            | UTC              | 2028-02-01T00:00:00Z      | 2028-02-29T00:00:00Z
            0 2 ? * SUN *          | Europe/Berlin    | 2026-10-10T00:00:00Z      | 2026-10-11T00:00:00Z
            0 2 ? * 1 *            | Europe/Berlin    | 2026-12-10T00:00:00Z      | 2026-12-13T01:00:00Z
            30 2 * * ? *           | Europe/Berlin    | 2027-03-27T12:00:00+01:00 | 2027-03-29T02:30:00+02:00
            30 2 * * ? *           | Europe/Berlin    | 2026-10-25T02:30:00+02:00 | 2026-10-26T02:30:00+01:00
            30 2 * * ? *           | Europe/Berlin    | 2026-10-24T12:00:00+02:00 | 2026-10-25T02:30:00+02:00
            30 1 * * ? *           | America/New_York | 2026-11-01T01:45:00-04:00 | 2026-11-02T01:30:00-05:00
            """)
    void findsTheNextTime(String fields, String zone, OffsetDateTime now, OffsetDateTime next) {
        assertThat(CronExpression.parse(fields).nextAfter(now.toInstant(), ZoneId.of(zone)))
                .isEqualTo(Optional.of(next.toInstant()));
    }

    @Test
    void hasNoNextTimeAfterTheLastYear() {
        assertThat(CronExpression.parse("0 0 1 1 ? 2025")
                        .nextAfter(Instant.parse("2026-01-01T00:00:00Z"), ZoneId.of("UTC")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0 10 * * ?",
                "0 10 * * * *",
                "0 10 ? * ? *",
                "60 10 * * ? *",
                "0 24 * * ? *",
                "0 10 * * ? 1969",
                "0 10 32 * ? *",
                "0 10 ? * 8 *",
                "nonsense"
            })
    void rejectsMalformedExpressions(String fields) {
        assertThatThrownBy(() -> CronExpression.parse(fields)).isInstanceOf(IllegalArgumentException.class);
    }
}
