/** Alarms, their topics, and the dashboard. */
@NullMarked
package io.reverser.cdk.observability;

import org.jspecify.annotations.NullMarked;
