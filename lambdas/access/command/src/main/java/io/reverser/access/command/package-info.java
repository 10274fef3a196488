/**
 * The function that handles Slack's requests: entry point, priming and components. It has no permission for clusters.
 * Uses {@code slack} and {@code workflow}.
 */
@NullMarked
package io.reverser.access.command;

import org.jspecify.annotations.NullMarked;
