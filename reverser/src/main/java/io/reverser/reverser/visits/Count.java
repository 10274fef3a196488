package io.reverser.reverser.visits;

import java.util.Optional;

/** What was found when the visits of an address were counted. */
sealed interface Count {

    /** All of them; empty when there are none. */
    record Known(Optional<Visits> visits) implements Count {}

    /** Some were on their way meanwhile, and may be counted twice or not at all: count again. */
    record Moving() implements Count {}
}
