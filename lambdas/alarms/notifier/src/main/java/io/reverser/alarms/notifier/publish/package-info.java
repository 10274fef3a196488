/**
 * From the outbox into one Slack channel at a time, under a lease. Uses {@code event}, {@code cloudwatch}, {@code outbox} and
 * {@code message}.
 */
@NullMarked
package io.reverser.alarms.notifier.publish;

import org.jspecify.annotations.NullMarked;
