/** Slack: authentication, commands, buttons, modals, and their texts. Uses {@code workflow}. */
@NullMarked
package io.reverser.access.command.slack;

import org.jspecify.annotations.NullMarked;
