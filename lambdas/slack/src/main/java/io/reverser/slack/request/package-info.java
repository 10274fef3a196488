/** Requests from Slack: their signature and their content. Uses no other package of this module. */
@NullMarked
package io.reverser.slack.request;

import org.jspecify.annotations.NullMarked;
