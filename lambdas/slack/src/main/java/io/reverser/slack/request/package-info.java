/** Requests from Slack: their signature and their content. Uses no other package. */
@NullMarked
package io.reverser.slack.request;

import org.jspecify.annotations.NullMarked;
