/**
 * The secret in Secrets Manager: its versions and labels, its text, and the steps of a rotation. Uses the package
 * {@code text}.
 */
@NullMarked
package io.reverser.rotation.rotator.secret;

import org.jspecify.annotations.NullMarked;
