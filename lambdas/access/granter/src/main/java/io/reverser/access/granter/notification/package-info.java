/** The messages that Slack shows about a request, and the people it notifies. Uses no other package of the function. */
@NullMarked
package io.reverser.access.granter.notification;

import org.jspecify.annotations.NullMarked;
