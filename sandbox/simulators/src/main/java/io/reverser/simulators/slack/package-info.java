/**
 * Slack, with the methods that the platform uses, over real HTTP. It validates requests and injects faults. It uses {@code
 * fault} and the root package.
 */
@NullMarked
package io.reverser.simulators.slack;

import org.jspecify.annotations.NullMarked;
