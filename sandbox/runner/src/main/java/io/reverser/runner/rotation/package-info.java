/**
 * The rotation of the database password: its secret, its function and the reverser's cluster. Uses {@code process}, {@code
 * cluster} and {@code functions}.
 */
@NullMarked
package io.reverser.runner.rotation;

import org.jspecify.annotations.NullMarked;
