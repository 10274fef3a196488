/** Where alarms go: read from an environment's settings, answered for one alarm at a time. */
@NullMarked
package io.reverser.alarms.routes;

import org.jspecify.annotations.NullMarked;
