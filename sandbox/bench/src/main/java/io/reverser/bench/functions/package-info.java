/** How long people in Slack wait for the functions, and what a rotation takes. Uses {@code host} and {@code report}. */
@NullMarked
package io.reverser.bench.functions;

import org.jspecify.annotations.NullMarked;
