package io.reverser.simulators.aws.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.scheduler.model.ActionAfterCompletion;
import software.amazon.awssdk.services.scheduler.model.ConflictException;
import software.amazon.awssdk.services.scheduler.model.CreateScheduleRequest;
import software.amazon.awssdk.services.scheduler.model.FlexibleTimeWindowMode;
import software.amazon.awssdk.services.scheduler.model.GetScheduleResponse;
import software.amazon.awssdk.services.scheduler.model.ResourceNotFoundException;
import software.amazon.awssdk.services.scheduler.model.ScheduleState;
import software.amazon.awssdk.services.scheduler.model.SchedulerException;
import software.amazon.awssdk.services.scheduler.model.Target;
import software.amazon.awssdk.services.scheduler.model.ValidationException;

/**
 * Rules for EventBridge Scheduler, except those that need time to pass.
 *
 * @see <a href="https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html">CreateSchedule</a>
 */
class SchedulesTest {

    /**
     * Formats the time of a one-time schedule. The format always includes seconds, unlike {@code
     * LocalDateTime.toString}, which omits them at a whole minute.
     */
    private static final DateTimeFormatter EXPRESSION =
            DateTimeFormatter.ofPattern("'at('yyyy-MM-dd'T'HH:mm:ss')'").withZone(ZoneOffset.UTC);

    private static final String TOMORROW = EXPRESSION.format(later(Duration.ofDays(1)));

    private final SchedulerClient scheduler = ConformanceTarget.client(SchedulerClient.builder());
    private final String name = ConformanceTarget.unique();
    private final Set<String> names = new HashSet<>();

    @AfterEach
    void close() {
        names.forEach(this::delete);
        scheduler.close();
    }

    @Test
    void returnTheirSettings() {
        Instant start = later(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);
        create(
                "cron(0 10 ? * MON-FRI *)",
                schedule -> schedule.startDate(start)
                        .description("wakes the rotation")
                        .scheduleExpressionTimezone("Europe/Berlin")
                        .actionAfterCompletion(ActionAfterCompletion.DELETE));
        assertThat(describe()).satisfies(described -> {
            assertThat(described.name()).isEqualTo(name);
            assertThat(described.scheduleExpression()).isEqualTo("cron(0 10 ? * MON-FRI *)");
            assertThat(described.scheduleExpressionTimezone()).isEqualTo("Europe/Berlin");
            assertThat(described.startDate()).isEqualTo(start);
            assertThat(described.description()).isEqualTo("wakes the rotation");
            assertThat(described.actionAfterCompletion()).isEqualTo(ActionAfterCompletion.DELETE);
            assertThat(described.target().input()).isEqualTo("{\"kind\":\"reconcile\"}");
            assertThat(described.flexibleTimeWindow().mode()).isEqualTo(FlexibleTimeWindowMode.OFF);
            assertThat(described.creationDate()).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
        });
    }

    @Test
    void haveDefaults() {
        String arn = create(TOMORROW, schedule -> {});
        assertThat(arn).matches("arn:aws[a-z-]*:scheduler:[a-z0-9-]+:\\d{12}:schedule/default/" + name);
        assertThat(describe()).satisfies(described -> {
            assertThat(described.arn()).isEqualTo(arn);
            assertThat(described.groupName()).isEqualTo("default");
            assertThat(described.state()).isEqualTo(ScheduleState.ENABLED);
            assertThat(described.scheduleExpressionTimezone()).isEqualTo("UTC");
        });
    }

    @Test
    void areUniqueByName() {
        create(TOMORROW, schedule -> {});
        assertThatThrownBy(() -> create("rate(1 hour)", schedule -> {})).isInstanceOf(ConflictException.class);
        assertThat(describe().scheduleExpression()).isEqualTo(TOMORROW);
    }

    @Test
    void resetOmittedSettingsOnUpdate() {
        create(
                "rate(1 hour)",
                schedule -> schedule.description("old")
                        .state(ScheduleState.DISABLED)
                        .startDate(later(Duration.ofHours(1)))
                        .scheduleExpressionTimezone("Europe/Berlin"));
        Instant created = describe().creationDate();
        scheduler.updateSchedule(request -> request.name(name)
                .scheduleExpression("rate(2 hours)")
                .flexibleTimeWindow(window -> window.mode(FlexibleTimeWindowMode.OFF))
                .target(target()));
        assertThat(describe()).satisfies(described -> {
            assertThat(described.scheduleExpression()).isEqualTo("rate(2 hours)");
            assertThat(described.description()).isNullOrEmpty();
            assertThat(described.startDate()).isNull();
            assertThat(described.state()).isEqualTo(ScheduleState.ENABLED);
            assertThat(described.scheduleExpressionTimezone()).isEqualTo("UTC");
            assertThat(described.creationDate()).isEqualTo(created);
        });
    }

    @Test
    void mustExistToBeReadUpdatedOrDeleted() {
        assertThatThrownBy(this::describe).isInstanceOf(ResourceNotFoundException.class);
        assertThatThrownBy(() -> scheduler.updateSchedule(request -> request.name(name)
                        .scheduleExpression(TOMORROW)
                        .flexibleTimeWindow(window -> window.mode(FlexibleTimeWindowMode.OFF))
                        .target(target())))
                .isInstanceOf(ResourceNotFoundException.class);
        assertThatThrownBy(() -> scheduler.deleteSchedule(request -> request.name(name)))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void cannotBeDeletedTwice() {
        create(TOMORROW, schedule -> {});
        scheduler.deleteSchedule(request -> request.name(name));
        assertThatThrownBy(() -> scheduler.deleteSchedule(request -> request.name(name)))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "at(tomorrow)",
                "at(2030-01-01)",
                "at(2030-12-31T23:59:59Z)",
                " rate(10 minutes)",
                "rate( 10 minutes )",
                "rate(10 minutess)",
                "rate(10 seconds)",
                "rate of 5 minutes",
                "rate(0 minutes)",
                "rate(5 weeks)",
                "rate(5)",
                "rate(-1 hours)",
                "cron(0 10 * * *)",
                "cron(0 10 ? * ? *)",
                "cron(0 1 * * * *)",
                "cron(71 8 1 * ? *)",
                "cron(7 20 * * NOT *)",
                "cron()"
            })
    void rejectMalformedExpressions(String expression) {
        assertRejected(expression, schedule -> {});
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cron(0-15/1 8-8 ? * 2,3,4,5,6,7 *)",
                "cron(30-30 13-13 ? * 2,4,6 *)",
                "cron(1-31/30 1-1 ? * 1,7 *)",
                "cron(*/15 * * * ? *)",
                "cron(0-59/10 0-23/2 ? * * *)"
            })
    void acceptAllFormsOfExpressions(String expression) {
        create(expression, schedule -> {});
        assertThat(describe().scheduleExpression()).isEqualTo(expression);
    }

    @Test
    void rejectUnknownTimeZones() {
        assertRejected(TOMORROW, schedule -> schedule.scheduleExpressionTimezone("Europe/Atlantis"));
    }

    @Test
    void rejectAnEndBeforeTheStart() {
        assertRejected(
                "rate(1 hour)",
                schedule -> schedule.startDate(later(Duration.ofHours(2))).endDate(later(Duration.ofHours(1))));
        assertRejected("rate(1 hour)", schedule -> schedule.endDate(later(Duration.ofMinutes(-1))));
    }

    @Test
    void rejectUnknownStates() {
        assertRejected(TOMORROW, schedule -> schedule.state("PAUSED"));
    }

    @Test
    void rejectNamesWithInvalidCharacters() {
        assertRejected(TOMORROW, schedule -> schedule.name("with space"));
    }

    @Test
    void rejectNamesOfMoreThan64Characters() {
        assertRejected(TOMORROW, schedule -> schedule.name("x".repeat(65)));
    }

    @Test
    void requireALengthForFlexibleWindows() {
        assertRejected(TOMORROW, schedule -> schedule.flexibleTimeWindow(window -> window.mode("FLEXIBLE")));
        create(
                TOMORROW,
                schedule -> schedule.flexibleTimeWindow(
                        window -> window.mode("FLEXIBLE").maximumWindowInMinutes(5)));
        assertThat(describe().flexibleTimeWindow().maximumWindowInMinutes()).isEqualTo(5);
    }

    @Test
    void requireATargetAndARole() {
        assertRejected(
                TOMORROW,
                schedule -> schedule.target(target().toBuilder().roleArn(null).build()));
        assertRejected(
                TOMORROW,
                schedule ->
                        schedule.target(target().toBuilder().roleArn("a role").build()));
        assertRejected(
                TOMORROW,
                schedule -> schedule.target(target().toBuilder().arn(null).build()));
    }

    private void assertRejected(String expression, Consumer<CreateScheduleRequest.Builder> more) {
        assertThatThrownBy(() -> create(expression, more)).isInstanceOf(ValidationException.class);
    }

    private GetScheduleResponse describe() {
        return scheduler.getSchedule(request -> request.name(name));
    }

    private String create(String expression, Consumer<CreateScheduleRequest.Builder> more) {
        CreateScheduleRequest schedule = CreateScheduleRequest.builder()
                .name(name)
                .scheduleExpression(expression)
                .flexibleTimeWindow(window -> window.mode(FlexibleTimeWindowMode.OFF))
                .target(target())
                .applyMutation(more)
                .build();
        names.add(schedule.name());
        return scheduler.createSchedule(schedule).scheduleArn();
    }

    /** Deletes a schedule. Tolerates that the schedule does not exist, because its creation may have been rejected. */
    private void delete(String schedule) {
        try {
            scheduler.deleteSchedule(request -> request.name(schedule));
        } catch (SchedulerException missing) {
            assertThat(missing.statusCode()).isBetween(400, 499);
        }
    }

    private static Target target() {
        return Target.builder()
                .arn("arn:aws:lambda:eu-central-1:%s:function:none".formatted(ConformanceTarget.accountId()))
                .roleArn(ConformanceTarget.roleArn())
                .input("{\"kind\":\"reconcile\"}")
                .build();
    }

    private static Instant later(Duration duration) {
        return Instant.now().plus(duration);
    }
}
