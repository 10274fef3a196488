/**
 * The rotation of the database password: the secret, the rotation function and the reverser's cluster. Of the runner's
 * other packages, it uses {@code process}, {@code cluster} and {@code functions}.
 */
@NullMarked
package io.reverser.runner.rotation;

import org.jspecify.annotations.NullMarked;
