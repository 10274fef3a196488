/** The texts of Slack messages about alarms. Uses the packages {@code event} and {@code outbox}. */
@NullMarked
package io.reverser.alarms.notifier.message;

import org.jspecify.annotations.NullMarked;
