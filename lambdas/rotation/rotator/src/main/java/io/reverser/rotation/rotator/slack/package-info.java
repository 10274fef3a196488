/** Publishes the rotation log in Slack, one thread for each subject. Uses {@code eventlog}. */
@NullMarked
package io.reverser.rotation.rotator.slack;

import org.jspecify.annotations.NullMarked;
