/** What Slack shows of a request, and whom it notifies. Uses no other package of the function. */
@NullMarked
package io.reverser.access.granter.notification;

import org.jspecify.annotations.NullMarked;
