package io.reverser.simulators.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.scheduler.model.ConflictException;
import software.amazon.awssdk.services.scheduler.model.FlexibleTimeWindowMode;
import software.amazon.awssdk.services.scheduler.model.ResourceNotFoundException;
import software.amazon.awssdk.services.scheduler.model.ValidationException;

/** Behaves as EventBridge Scheduler's API reference says, seen through the real SDK. */
class SchedulerTest {

    /** With its seconds even at a whole minute, where {@code LocalDateTime} leaves them out. */
    private static final DateTimeFormatter EXPRESSION =
            DateTimeFormatter.ofPattern("'at('yyyy-MM-dd'T'HH:mm:ss')'").withZone(ZoneOffset.UTC);

    private final AwsEndpoint aws = AwsEndpoint.start();
    private final SchedulerClient scheduler = Clients.client(SchedulerClient.builder(), aws);

    @AfterEach
    void close() {
        scheduler.close();
        aws.close();
    }

    @Test
    void goesOffOnceWhenTheClockHasMoved() {
        List<String> inputs = new CopyOnWriteArrayList<>();
        aws.scheduler().onDue((target, input) -> inputs.add(target + " " + input));
        create("r-1", at(Duration.ofHours(1)));
        aws.clock().move(Duration.ofMinutes(59));
        assertThat(inputs).isEmpty();
        aws.clock().move(Duration.ofMinutes(2));
        await().until(() -> !inputs.isEmpty());
        aws.clock().move(Duration.ofHours(5));
        assertThat(inputs).containsExactly("arn:aws:lambda:eu-central-1:111122223333:function:change {\"a\":1}");
        assertThat(aws.scheduler().schedules()).isEmpty();
    }

    @Test
    void takesANameOnceMovesAndDeletes() {
        create("r-1", at(Duration.ofHours(1)));
        assertThatThrownBy(() -> create("r-1", at(Duration.ofHours(2)))).isInstanceOf(ConflictException.class);
        String later = at(Duration.ofHours(3));
        scheduler.updateSchedule(request -> request.name("r-1")
                .scheduleExpression(later)
                .flexibleTimeWindow(window -> window.mode(FlexibleTimeWindowMode.OFF))
                .target(target -> target.arn("arn:aws:lambda:x").roleArn("arn:aws:iam::1:role/x")));
        assertThat(aws.scheduler().schedules())
                .singleElement()
                .satisfies(schedule ->
                        assertThat(schedule.at()).isAfter(aws.clock().instant().plus(Duration.ofHours(2))));
        scheduler.deleteSchedule(request -> request.name("r-1"));
        assertThatThrownBy(() -> scheduler.deleteSchedule(request -> request.name("r-1")))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"at(tomorrow)", "at(2026-01-01)", "rate of 5 minutes"})
    void refusesTimesThatAreNone(String expression) {
        assertThatThrownBy(() -> create("r-1", expression)).isInstanceOf(ValidationException.class);
    }

    @Test
    void refusesNamesWithOtherCharacters() {
        assertThatThrownBy(() -> create("r 1", at(Duration.ofHours(1)))).isInstanceOf(ValidationException.class);
    }

    private void create(String name, String expression) {
        scheduler.createSchedule(request -> request.name(name)
                .scheduleExpression(expression)
                .scheduleExpressionTimezone("UTC")
                .flexibleTimeWindow(window -> window.mode(FlexibleTimeWindowMode.OFF))
                .target(target -> target.arn("arn:aws:lambda:eu-central-1:111122223333:function:change")
                        .roleArn("arn:aws:iam::111122223333:role/schedules")
                        .input("{\"a\":1}")));
    }

    private String at(Duration later) {
        return EXPRESSION.format(aws.clock().instant().plus(later));
    }
}
