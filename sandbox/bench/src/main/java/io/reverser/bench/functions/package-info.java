/**
 * Measures how fast the functions respond in Slack, and how long a rotation takes. Uses the packages {@code host} and
 * {@code report}.
 */
@NullMarked
package io.reverser.bench.functions;

import org.jspecify.annotations.NullMarked;
