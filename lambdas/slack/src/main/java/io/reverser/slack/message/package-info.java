/** Messages and modals as Block Kit JSON. Uses no other package of this module. */
@NullMarked
package io.reverser.slack.message;

import org.jspecify.annotations.NullMarked;
