/** The database password changes in maintenance windows: the four steps of Secrets Manager, and who watches over them. */
@NullMarked
package io.reverser.rotation.rotator;

import org.jspecify.annotations.NullMarked;
