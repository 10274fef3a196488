/**
 * The web page of the sandbox: people, channels, messages and modals of its Slack, and the state of the cluster. Uses
 * {@code cluster}, {@code functions} and {@code rotation}.
 */
@NullMarked
package io.reverser.runner.workspace;

import org.jspecify.annotations.NullMarked;
