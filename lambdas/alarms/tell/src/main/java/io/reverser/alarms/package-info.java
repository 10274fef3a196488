/** CloudWatch alarms reach Slack. */
@NullMarked
package io.reverser.alarms;

import org.jspecify.annotations.NullMarked;
