package io.reverser.reverser.visits;

import java.time.Instant;
import java.util.Optional;

/**
 * Everything stored, without any address.
 *
 * @param addresses how many different callers
 * @param visits how many visits they made
 * @param since the first of them; empty when there was none
 */
public record Totals(long addresses, long visits, Optional<Instant> since) {}
