package io.reverser.reverser.visits;

import java.time.Instant;
import java.util.Optional;

/**
 * Totals of the stored visits, without addresses.
 *
 * @param addresses the number of distinct callers; a network that shares its count is one caller
 * @param visits the number of their visits
 * @param since the first of these visits; empty if there was none
 */
public record Totals(long addresses, long visits, Optional<Instant> since) {}
