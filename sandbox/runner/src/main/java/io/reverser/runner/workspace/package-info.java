/**
 * The workspace page of the sandbox: the people, channels, messages and modals of its Slack, and the state of the
 * cluster. Of the runner's other packages, it uses {@code cluster}, {@code functions} and {@code rotation}.
 */
@NullMarked
package io.reverser.runner.workspace;

import org.jspecify.annotations.NullMarked;
