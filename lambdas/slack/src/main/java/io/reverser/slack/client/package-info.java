/** Calls of Slack, and the credentials for them. Uses {@code message} and {@code request}. */
@NullMarked
package io.reverser.slack.client;

import org.jspecify.annotations.NullMarked;
