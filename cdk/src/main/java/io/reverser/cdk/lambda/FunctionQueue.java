package io.reverser.cdk.lambda;

import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;

/** SQS queues of functions: encrypted, and reachable over TLS only. */
public final class FunctionQueue {

    private FunctionQueue() {}

    /** An encrypted queue. */
    public static Queue.Builder builder(Construct scope, String id) {
        return Queue.Builder.create(scope, id)
                .encryption(QueueEncryption.SQS_MANAGED)
                .enforceSsl(true);
    }

    /** A dead-letter queue; SQS keeps messages for 14 days at most. */
    public static Queue.Builder deadLetterBuilder(Construct scope) {
        return builder(scope, "DeadLetterQueue").retentionPeriod(Duration.days(14));
    }
}
