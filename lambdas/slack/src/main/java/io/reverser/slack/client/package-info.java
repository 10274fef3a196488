/** Clients for Slack's Web API, and the credentials for it. Uses the packages {@code message} and {@code request}. */
@NullMarked
package io.reverser.slack.client;

import org.jspecify.annotations.NullMarked;
