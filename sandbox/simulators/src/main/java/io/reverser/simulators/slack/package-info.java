/**
 * Slack's Web API over real HTTP, with the methods that the platform uses, and Slack's requests to the app. This
 * package validates requests and injects faults. It depends on {@code fault} and the root package.
 */
@NullMarked
package io.reverser.simulators.slack;

import org.jspecify.annotations.NullMarked;
