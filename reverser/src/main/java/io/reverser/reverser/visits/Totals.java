package io.reverser.reverser.visits;

import java.time.Instant;
import java.util.Optional;

/**
 * Totals of all stored visits, without addresses.
 *
 * @param addresses the number of distinct callers
 * @param visits the number of their visits
 * @param since the first visit; empty if there was none
 */
public record Totals(long addresses, long visits, Optional<Instant> since) {}
