/**
 * Slack, as much as the platform uses of it, over real HTTP. It validates, and fails on demand. It uses {@code fault}.
 */
@NullMarked
package io.reverser.simulators.slack;

import org.jspecify.annotations.NullMarked;
