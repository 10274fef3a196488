/**
 * The servers that the bench compares, and the commands that start them. Uses the packages {@code host} and
 * {@code load}.
 */
@NullMarked
package io.reverser.bench.server;

import org.jspecify.annotations.NullMarked;
