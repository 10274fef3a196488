/**
 * Processes the SQS queues: records notifications in the outbox, publishes them, handles failures and clicks. Uses all
 * packages except {@code graph}.
 */
@NullMarked
package io.reverser.alarms.notifier.delivery;

import org.jspecify.annotations.NullMarked;
