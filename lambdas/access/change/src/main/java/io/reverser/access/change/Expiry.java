package io.reverser.access.change;

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

/** The alarm clock of each grant: a one-time schedule with the name of the request. */
class Expiry {

    private static final DateTimeFormatter AT =
            DateTimeFormatter.ofPattern("'at('yyyy-MM-dd'T'HH:mm:ss')'").withZone(ZoneOffset.UTC);
    private static final FlexibleTimeWindow ON_TIME =
            FlexibleTimeWindow.builder().mode(FlexibleTimeWindowMode.OFF).build();

    private final SchedulerClient scheduler;
    private final ChangeConfig.Schedule config;

    Expiry(SchedulerClient scheduler, ChangeConfig.Schedule config) {
        this.scheduler = scheduler;
        this.config = config;
    }

    /** Makes sure that it goes off then, and only then. */
    void arm(RequestId request, Instant until) {
        try {
            scheduler.createSchedule(schedule -> schedule.name(request.value())
                    .groupName(config.group())
                    .clientToken(request + "-" + until.getEpochSecond())
                    .scheduleExpression(at(until))
                    .scheduleExpressionTimezone("UTC")
                    .flexibleTimeWindow(ON_TIME)
                    .actionAfterCompletion(ActionAfterCompletion.DELETE)
                    .target(target(request)));
        } catch (ConflictException armedBefore) {
            scheduler.updateSchedule(schedule -> schedule.name(request.value())
                    .groupName(config.group())
                    .scheduleExpression(at(until))
                    .scheduleExpressionTimezone("UTC")
                    .flexibleTimeWindow(ON_TIME)
                    .actionAfterCompletion(ActionAfterCompletion.DELETE)
                    .target(target(request)));
        }
    }

    void disarm(RequestId request) {
        try {
            scheduler.deleteSchedule(schedule -> schedule.name(request.value()).groupName(config.group()));
        } catch (ResourceNotFoundException alreadyGone) {
            // Which is what was wanted.
        }
    }

    private Target target(RequestId request) {
        return Target.builder()
                .arn(config.functionArn())
                .roleArn(config.roleArn())
                .input(Trigger.due(request))
                .deadLetterConfig(queue -> queue.arn(config.deadLetterQueueArn()))
                .retryPolicy(retry -> retry.maximumRetryAttempts(config.retries())
                        .maximumEventAgeInSeconds((int) config.retriedAtMost().toSeconds()))
                .build();
    }

    /** The schedule knows whole seconds; access never ends early. */
    private static String at(Instant until) {
        Instant second = until.truncatedTo(ChronoUnit.SECONDS);
        return AT.format(second.equals(until) ? second : second.plusSeconds(1));
    }
}
