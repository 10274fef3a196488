package io.reverser.cdk.rotation;

import io.reverser.cdk.lambda.FunctionQueue;
import io.reverser.cdk.lambda.FunctionSchedules;
import io.reverser.cdk.names.PhysicalNames;
import io.reverser.cdk.settings.Settings;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.EventInvokeConfigOptions;
import software.amazon.awscdk.services.lambda.destinations.SqsDestination;
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.Construct;

/**
 * Calls the function every minute. Each call takes the next step, so nothing is tried again: the next minute does. What failed
 * is kept to be looked at.
 */
final class ReconcileSchedule extends Construct {

    private static final Duration RATE = Duration.minutes(1);

    ReconcileSchedule(Construct scope, Settings settings, Alias alias) {
        super(scope, "ReconcileSchedule");
        var names = new PhysicalNames(settings);
        Queue deadLetterQueue = FunctionQueue.deadLetterBuilder(this)
                .queueName(names.rotationDeadLetterQueue())
                .build();
        alias.configureAsyncInvoke(EventInvokeConfigOptions.builder()
                .retryAttempts(0)
                .maxEventAge(RATE)
                .onFailure(new SqsDestination(deadLetterQueue))
                .build());
        new FunctionSchedules(
                        this,
                        names.rotationScheduleGroup(),
                        "Taken by the schedule that looks after the database password",
                        alias,
                        deadLetterQueue)
                .addRate("Schedule", "Looks after the database password", RATE, "reconcile", 0);
    }
}
