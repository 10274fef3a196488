/**
 * Visits: counted in memory and written to MySQL asynchronously. Uses the packages {@code address} and
 * {@code database}.
 */
@NullMarked
package io.reverser.reverser.visits;

import org.jspecify.annotations.NullMarked;
