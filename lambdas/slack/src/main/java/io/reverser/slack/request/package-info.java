/** What Slack sends: the proof that it is Slack, and what is wanted. Uses no other package. */
@NullMarked
package io.reverser.slack.request;

import org.jspecify.annotations.NullMarked;
