package io.reverser.simulators.aws.secretsmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.simulators.aws.api.AwsError;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the examples from the Secrets Manager user guide: rotation windows are in UTC and end on the same day. */
class RotationScheduleTest {

    private static final Instant NOW = Instant.parse("2026-10-14T09:30:00Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            30   |                          |     | 2026-11-13T23:59:59Z
            1    |                          | 2h  | 2026-10-15T02:00:00Z
            1000 |                          |     | 2029-07-10T23:59:59Z
                 | rate(10 days)            |     | 2026-10-24T23:59:59Z
                 | rate(12 hours)           |     | 2026-10-14T13:00:00Z
                 | rate(4 hours)            | 2h  | 2026-10-14T14:00:00Z
                 | cron(0 8 * * ? *)        |     | 2026-10-15T23:59:59Z
                 | cron(0 8 * * ? *)        | 3h  | 2026-10-15T11:00:00Z
                 | cron(0 16 ? * FRI *)     | 8h  | 2026-10-17T00:00:00Z
                 | cron(0 8 1,15 * ? *)     | 1h  | 2026-10-15T09:00:00Z
                 | cron(0 1 ? 1/3 2#1 *)    | 1h  | 2027-01-04T02:00:00Z
                 | cron(0 /8 * * ? *)       |     | 2026-10-14T17:00:00Z
                 | cron(0 8 ? * SAT,SUN *)  | 24h |
                 | cron(0 22 * * ? *)       | 3h  |
                 | cron(30 8 * * ? *)       |     |
                 | cron(0 8 * * ? 2027)     |     |
                 | cron(0 8 * * * *)        |     |
                 | cron(0 8,10 * * ? *)     | 3h  |
                 | rate(3 hours)            |     |
                 | rate(4 hours)            | 5h  |
                 | rate(10 minutes)         |     |
                 | tomorrow                 |     |
            0    |                          |     |
            1001 |                          |     |
            30   | rate(10 days)            |     |
            30   |                          | 3   |
            30   |                          | 0h  |
            30   |                          | 25h |
            """)
    void findTheDeadlineOfTheNextRotation(
            @Nullable Integer days, @Nullable String expression, @Nullable String duration, @Nullable Instant next) {
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        Optional.ofNullable(days).ifPresent(number -> settings.put("AutomaticallyAfterDays", number));
        Optional.ofNullable(expression).ifPresent(text -> settings.put("ScheduleExpression", text));
        Optional.ofNullable(duration).ifPresent(text -> settings.put("Duration", text));
        if (next == null) {
            assertThatThrownBy(() -> RotationSchedule.parse(settings, NOW))
                    .isInstanceOfSatisfying(
                            AwsError.class,
                            refused -> assertThat(refused.code()).isEqualTo("InvalidParameterException"));
        } else {
            assertThat(RotationSchedule.parse(settings, NOW).nextWindowEnd(NOW)).contains(next);
        }
    }
}
