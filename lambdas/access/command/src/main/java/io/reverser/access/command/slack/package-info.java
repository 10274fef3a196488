/** Slack: authentication, commands, buttons, modals, and their texts. Uses the package {@code workflow}. */
@NullMarked
package io.reverser.access.command.slack;

import org.jspecify.annotations.NullMarked;
