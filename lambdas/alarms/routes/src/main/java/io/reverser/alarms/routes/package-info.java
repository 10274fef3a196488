/** Alarm routes, read from an environment's settings. */
@NullMarked
package io.reverser.alarms.routes;

import org.jspecify.annotations.NullMarked;
