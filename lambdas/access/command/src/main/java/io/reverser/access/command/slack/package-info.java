/** Slack's side: who may come in, what people type and click, and what they read then. Uses {@code workflow}. */
@NullMarked
package io.reverser.access.command.slack;

import org.jspecify.annotations.NullMarked;
