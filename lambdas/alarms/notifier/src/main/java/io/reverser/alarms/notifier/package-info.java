/** Posts CloudWatch alarms to Slack. */
@NullMarked
package io.reverser.alarms.notifier;

import org.jspecify.annotations.NullMarked;
