/**
 * The function that handles Slack's requests: entry point, priming and components. The function has no permission for
 * clusters. This package uses the packages {@code slack} and {@code workflow}.
 */
@NullMarked
package io.reverser.access.command;

import org.jspecify.annotations.NullMarked;
