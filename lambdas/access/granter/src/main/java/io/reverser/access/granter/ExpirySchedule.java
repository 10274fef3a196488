package io.reverser.access.granter;

import io.reverser.access.request.RequestId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.scheduler.model.ActionAfterCompletion;
import software.amazon.awssdk.services.scheduler.model.ConflictException;
import software.amazon.awssdk.services.scheduler.model.FlexibleTimeWindow;
import software.amazon.awssdk.services.scheduler.model.FlexibleTimeWindowMode;
import software.amazon.awssdk.services.scheduler.model.ResourceNotFoundException;
import software.amazon.awssdk.services.scheduler.model.Target;

/** The one-time EventBridge schedule that ends a grant; the request ID is the name of the schedule. */
class ExpirySchedule {

    private static final DateTimeFormatter AT_EXPRESSION =
            DateTimeFormatter.ofPattern("'at('yyyy-MM-dd'T'HH:mm:ss')'").withZone(ZoneOffset.UTC);
    private static final FlexibleTimeWindow NO_FLEXIBLE_WINDOW =
            FlexibleTimeWindow.builder().mode(FlexibleTimeWindowMode.OFF).build();

    private final SchedulerClient scheduler;
    private final GranterConfig.Schedule config;

    ExpirySchedule(SchedulerClient scheduler, GranterConfig.Schedule config) {
        this.scheduler = scheduler;
        this.config = config;
    }

    /** Creates the expiry schedule of a request, or moves an existing one to this time. */
    void schedule(RequestId requestId, Instant expiresAt) {
        try {
            scheduler.createSchedule(schedule -> schedule.name(requestId.value())
                    .groupName(config.group())
                    .clientToken(requestId + "-" + expiresAt.getEpochSecond())
                    .scheduleExpression(atExpression(expiresAt))
                    .scheduleExpressionTimezone("UTC")
                    .flexibleTimeWindow(NO_FLEXIBLE_WINDOW)
                    .actionAfterCompletion(ActionAfterCompletion.DELETE)
                    .target(target(requestId)));
        } catch (ConflictException alreadyScheduled) {
            scheduler.updateSchedule(schedule -> schedule.name(requestId.value())
                    .groupName(config.group())
                    .scheduleExpression(atExpression(expiresAt))
                    .scheduleExpressionTimezone("UTC")
                    .flexibleTimeWindow(NO_FLEXIBLE_WINDOW)
                    .actionAfterCompletion(ActionAfterCompletion.DELETE)
                    .target(target(requestId)));
        }
    }

    void cancel(RequestId requestId) {
        try {
            scheduler.deleteSchedule(
                    schedule -> schedule.name(requestId.value()).groupName(config.group()));
        } catch (ResourceNotFoundException alreadyGone) {
            // The schedule was already deleted.
        }
    }

    private Target target(RequestId requestId) {
        return Target.builder()
                .arn(config.functionArn())
                .roleArn(config.roleArn())
                .input(GranterEvent.requestDueJson(requestId))
                .deadLetterConfig(queue -> queue.arn(config.deadLetterQueueArn()))
                .retryPolicy(retry -> retry.maximumRetryAttempts(config.maxRetries())
                        .maximumEventAgeInSeconds((int) config.maxEventAge().toSeconds()))
                .build();
    }

    /**
     * The expression for a one-time schedule. Schedules have a resolution of one second, so the time is rounded up, and
     * access never ends early.
     */
    private static String atExpression(Instant expiresAt) {
        Instant second = expiresAt.truncatedTo(ChronoUnit.SECONDS);
        return AT_EXPRESSION.format(second.equals(expiresAt) ? second : second.plusSeconds(1));
    }
}
