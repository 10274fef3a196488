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

/** Invokes the rotator every minute. Each invocation performs the next step of the rotation, so the next invocation,
 * one minute later, is the retry of a failed step. The dead-letter queue keeps failed invocations for diagnosis.
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
                        "Assumed by the schedule that rotates the database password",
                        alias,
                        deadLetterQueue)
                .addRate("Schedule", "Rotates the database password in maintenance windows", RATE, "reconcile", 0);
    }
}
