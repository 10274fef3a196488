/** Messages and modals, as Slack takes them. Uses no other package. */
@NullMarked
package io.reverser.slack.message;

import org.jspecify.annotations.NullMarked;
