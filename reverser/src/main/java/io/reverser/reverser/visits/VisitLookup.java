package io.reverser.reverser.visits;

import java.util.Optional;

/** What was found when the visits of an address were counted. */
sealed interface VisitLookup {

    /** All of them; empty when there are none. */
    record Known(Optional<Visits> visits) implements VisitLookup {}

    /** Some were on their way meanwhile, and may be counted twice or not at all: count again. */
    record InFlight() implements VisitLookup {}
}
