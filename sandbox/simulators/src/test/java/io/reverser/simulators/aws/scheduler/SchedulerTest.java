package io.reverser.simulators.aws.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.reverser.simulators.aws.endpoint.AwsEndpoint;
import io.reverser.simulators.aws.endpoint.SdkClients;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.scheduler.model.ActionAfterCompletion;
import software.amazon.awssdk.services.scheduler.model.FlexibleTimeWindowMode;
import software.amazon.awssdk.services.scheduler.model.ResourceNotFoundException;

/**
 * Tests when one-time schedules fire as the clock moves. The package {@code conformance} tests the rules that are
 * visible through the API of EventBridge Scheduler.
 */
class SchedulerTest {

    /**
     * Formats the time of a one-time schedule. The format always includes seconds, unlike {@code
     * LocalDateTime.toString}, which omits them at a whole minute.
     */
    private static final DateTimeFormatter EXPRESSION =
            DateTimeFormatter.ofPattern("'at('yyyy-MM-dd'T'HH:mm:ss')'").withZone(ZoneOffset.UTC);

    private final AwsEndpoint aws = AwsEndpoint.start();
    private final SchedulerClient scheduler = SdkClients.client(SchedulerClient.builder(), aws);

    @AfterEach
    void close() {
        scheduler.close();
        aws.close();
    }

    @Test
    void firesOnceWhenTheClockMoves() {
        List<String> inputs = new CopyOnWriteArrayList<>();
        aws.scheduler().onFire((target, input) -> inputs.add(target + " " + input));
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
    void keepsFiredSchedulesUnlessTheyAreToBeDeleted() {
        create("r-1", at(Duration.ofHours(1)), ActionAfterCompletion.NONE);
        create("r-2", at(Duration.ofHours(1)), ActionAfterCompletion.DELETE);
        aws.clock().move(Duration.ofHours(2));
        assertThat(aws.scheduler().schedules()).isEmpty();
        assertThat(scheduler.getSchedule(request -> request.name("r-1")).name()).isEqualTo("r-1");
        assertThatThrownBy(() -> scheduler.getSchedule(request -> request.name("r-2")))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void firesLaterAfterAnUpdate() {
        create("r-1", at(Duration.ofHours(1)));
        String later = at(Duration.ofHours(3));
        scheduler.updateSchedule(request -> request.name("r-1")
                .scheduleExpression(later)
                .flexibleTimeWindow(window -> window.mode(FlexibleTimeWindowMode.OFF))
                .target(target -> target.arn("arn:aws:lambda:x").roleArn("arn:aws:iam::111122223333:role/x")));
        assertThat(aws.scheduler().schedules())
                .singleElement()
                .satisfies(schedule -> assertThat(schedule.nextFire())
                        .isAfter(aws.clock().instant().plus(Duration.ofHours(2))));
    }

    private void create(String name, String expression) {
        create(name, expression, ActionAfterCompletion.NONE);
    }

    private void create(String name, String expression, ActionAfterCompletion afterwards) {
        scheduler.createSchedule(request -> request.name(name)
                .actionAfterCompletion(afterwards)
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
