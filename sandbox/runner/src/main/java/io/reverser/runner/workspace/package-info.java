/**
 * The page on which the sandbox's Slack is used: people, channels, messages, modals, and the cluster beside them. Uses {@code
 * cluster}, {@code functions} and {@code rotation}.
 */
@NullMarked
package io.reverser.runner.workspace;

import org.jspecify.annotations.NullMarked;
