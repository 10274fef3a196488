/**
 * The DynamoDB table of alarms, their episodes and the outbox of unpublished changes. Uses only the package
 * {@code event}.
 */
@NullMarked
package io.reverser.alarms.notifier.outbox;

import org.jspecify.annotations.NullMarked;
