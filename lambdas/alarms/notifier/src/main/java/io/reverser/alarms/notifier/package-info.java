/** CloudWatch alarms reach Slack. */
@NullMarked
package io.reverser.alarms.notifier;

import org.jspecify.annotations.NullMarked;
