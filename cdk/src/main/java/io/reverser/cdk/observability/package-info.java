/** What is looked at: alarms, where they go, and the dashboard. */
@NullMarked
package io.reverser.cdk.observability;

import org.jspecify.annotations.NullMarked;
