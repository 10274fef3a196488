/** When and how the database password is rotated, read from the settings of an environment. */
@NullMarked
package io.reverser.rotation.plan;

import org.jspecify.annotations.NullMarked;
