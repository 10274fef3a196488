package io.reverser.simulators.aws.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.reverser.simulators.aws.endpoint.AwsEndpoint;
import io.reverser.simulators.aws.endpoint.SdkClients;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.scheduler.model.ActionAfterCompletion;
import software.amazon.awssdk.services.scheduler.model.CreateScheduleRequest;
import software.amazon.awssdk.services.scheduler.model.FlexibleTimeWindowMode;
import software.amazon.awssdk.services.scheduler.model.ResourceNotFoundException;
import software.amazon.awssdk.services.scheduler.model.ScheduleState;

/**
 * Tests schedules with rates and cron expressions against EventBridge Scheduler's documentation, through the AWS SDK.
 */
class RecurringScheduleTest {

    private static final String FUNCTION = "arn:aws:lambda:eu-central-1:111122223333:function:rotation";
    private static final String ROLE = "arn:aws:iam::111122223333:role/schedules";

    private final AwsEndpoint aws = AwsEndpoint.start();
    private final SchedulerClient scheduler = SdkClients.client(SchedulerClient.builder(), aws);
    private final List<Instant> rings = new CopyOnWriteArrayList<>();

    /** Moves the clock to the start of a minute, so that no other minute starts on its own during the test. */
    @BeforeEach
    void listen() {
        Instant minute = aws.clock().instant().truncatedTo(ChronoUnit.MINUTES).plusSeconds(61);
        aws.clock().move(Duration.between(aws.clock().instant(), minute));
        aws.scheduler().onFire((target, input) -> rings.add(aws.clock().instant()));
    }

    @AfterEach
    void close() {
        scheduler.close();
        aws.close();
    }

    @Test
    void firesAtOnceAndThenAtItsRate() {
        create("rate(5 minutes)", schedule -> {});
        await().until(() -> rings.size() == 1);
        aws.clock().move(Duration.ofMinutes(4));
        assertThat(rings).hasSize(1);
        aws.clock().move(Duration.ofMinutes(1));
        assertThat(rings).hasSize(2);
        aws.clock().move(Duration.ofMinutes(5));
        assertThat(rings).hasSize(3);
    }

    /**
     * A test that moves the clock continues only after all listeners have been notified. This also holds if the
     * scheduler's own thread fires the schedule first and the listener is slow.
     */
    @Test
    void hasNotifiedListenersWhenAMoveOfTheClockReturns() throws InterruptedException {
        var begun = new CountDownLatch(1);
        var heard = new AtomicBoolean();
        aws.scheduler().onFire((target, input) -> {
            begun.countDown();
            takeAWhile();
            heard.set(true);
        });
        create("rate(5 minutes)", schedule -> {});
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        aws.clock().move(Duration.ZERO);
        assertThat(heard).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rate(1 minute)", "cron(* * * * ? *)"})
    void firesOnceHoweverFarTheClockMoves(String expression) {
        create(expression, schedule -> schedule.startDate(later(Duration.ofHours(1))));
        aws.clock().move(Duration.ofDays(40));
        assertThat(rings).hasSize(1);
        aws.clock().move(Duration.ofMinutes(1));
        assertThat(rings).hasSize(2);
    }

    @Test
    void keepsItsRateWhenTheClockMovesBack() {
        create("rate(1 minute)", schedule -> {});
        await().until(() -> rings.size() == 1);
        aws.clock().move(Duration.ofDays(1));
        aws.clock().move(Duration.ofDays(-2));
        assertThat(rings).hasSize(2);
        aws.clock().move(Duration.ofMinutes(1));
        assertThat(rings).hasSize(3);
    }

    @Test
    void firesInItsTimeZone() {
        var tokyo = ZoneId.of("Asia/Tokyo");
        create("cron(30 2 * * ? *)", schedule -> schedule.scheduleExpressionTimezone("Asia/Tokyo"));
        aws.clock().move(Duration.ofDays(1));
        Instant next = aws.scheduler().schedules().getFirst().nextFire();
        assertThat(rings).hasSize(1);
        assertThat(LocalTime.ofInstant(next, tokyo)).isEqualTo("02:30");
        assertThat(next).isBetween(aws.clock().instant(), later(Duration.ofDays(1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rate(1 minute)", "cron(* * * * ? *)"})
    void firesBetweenStartAndEnd(String expression) {
        create(
                expression,
                schedule -> schedule.startDate(later(Duration.ofHours(2))).endDate(later(Duration.ofHours(4))));
        aws.clock().move(Duration.ofHours(1));
        assertThat(rings).isEmpty();
        aws.clock().move(Duration.ofHours(2));
        assertThat(rings).hasSize(1);
        aws.clock().move(Duration.ofHours(2));
        assertThat(rings).hasSize(2);
        aws.clock().move(Duration.ofHours(2));
        assertThat(rings).hasSize(2);
        assertThat(aws.scheduler().schedules()).isEmpty();
        assertThat(scheduler.getSchedule(request -> request.name("every")).scheduleExpression())
                .isEqualTo(expression);
    }

    @Test
    void isDeletedAfterItsEndOnRequest() {
        create(
                "rate(1 hour)",
                schedule -> schedule.endDate(later(Duration.ofMinutes(30)))
                        .actionAfterCompletion(ActionAfterCompletion.DELETE));
        await().until(() -> rings.size() == 1);
        assertThatThrownBy(() -> scheduler.getSchedule(request -> request.name("every")))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void doesNotFireWhileDisabled() {
        create("rate(1 minute)", schedule -> schedule.state(ScheduleState.DISABLED));
        aws.clock().move(Duration.ofHours(1));
        assertThat(rings).isEmpty();
        scheduler.updateSchedule(request -> request.name("every")
                .scheduleExpression("rate(2 minutes)")
                .flexibleTimeWindow(window -> window.mode(FlexibleTimeWindowMode.OFF))
                .target(target -> target.arn(FUNCTION).roleArn(ROLE)));
        aws.clock().move(Duration.ZERO);
        assertThat(rings).hasSize(1);
    }

    private static void takeAWhile() {
        long end = System.nanoTime() + Duration.ofMillis(300).toNanos();
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    private Instant later(Duration duration) {
        return aws.clock().instant().plus(duration);
    }

    private void create(String expression, Consumer<CreateScheduleRequest.Builder> more) {
        scheduler.createSchedule(request -> {
            request.name("every")
                    .scheduleExpression(expression)
                    .flexibleTimeWindow(window -> window.mode(FlexibleTimeWindowMode.OFF))
                    .target(target -> target.arn(FUNCTION).roleArn(ROLE).input("{\"kind\":\"reconcile\"}"));
            more.accept(request);
        });
    }
}
