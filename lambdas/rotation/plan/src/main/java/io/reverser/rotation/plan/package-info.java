/** When the database password may change, and how: read from an environment's settings, answered for one moment at a time. */
@NullMarked
package io.reverser.rotation.plan;

import org.jspecify.annotations.NullMarked;
