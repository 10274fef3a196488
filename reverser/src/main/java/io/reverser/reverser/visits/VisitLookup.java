package io.reverser.reverser.visits;

import java.util.Optional;

/** The result of counting an address's visits. */
sealed interface VisitLookup {

    /** All visits of the caller; empty if there are none. */
    record Known(Optional<CallerVisits> visits) implements VisitLookup {}

    /**
     * A batch was being stored while the visits were counted, so visits may be counted twice or not at all; the caller
     * has to count again.
     */
    record InFlight() implements VisitLookup {}
}
