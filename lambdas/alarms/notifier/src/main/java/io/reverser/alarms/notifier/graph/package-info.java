/**
 * The graph of an alarm, rendered by CloudWatch and attached to its message. Uses the packages {@code event},
 * {@code cloudwatch}, {@code outbox}, {@code message} and {@code publish}.
 */
@NullMarked
package io.reverser.alarms.notifier.graph;

import org.jspecify.annotations.NullMarked;
