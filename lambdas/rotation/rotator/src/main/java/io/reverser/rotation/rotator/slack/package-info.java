/**
 * Publishes the rotation log in Slack, one thread for each rotation or other subject. Uses the package
 * {@code eventlog}.
 */
@NullMarked
package io.reverser.rotation.rotator.slack;

import org.jspecify.annotations.NullMarked;
