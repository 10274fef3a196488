/**
 * Publishes the outbox to Slack, one publisher per channel at a time. Uses the packages {@code event},
 * {@code cloudwatch}, {@code outbox} and {@code message}.
 */
@NullMarked
package io.reverser.alarms.notifier.publish;

import org.jspecify.annotations.NullMarked;
