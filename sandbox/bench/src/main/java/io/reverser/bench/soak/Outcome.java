package io.reverser.bench.soak;

import io.reverser.bench.account.AlarmBook;
import io.reverser.bench.account.CallBook;
import io.reverser.bench.account.Clocks;
import io.reverser.bench.account.GrantBook;
import io.reverser.bench.account.Loss;
import io.reverser.bench.account.Moment;
import io.reverser.bench.account.RotationBook;
import io.reverser.bench.account.VisitBook;
import io.reverser.bench.account.VitalBook;
import io.reverser.bench.soak.Breakage.Happened;
import io.reverser.bench.soak.Callers.Second;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.stream.Stream;

/** All that is known of a soak when it is over. */
record Outcome(Run run, Books books, List<Loss> stuck) {

    /**
     * What was done to the platform.
     *
     * @param done how often, by kind
     * @param struck calls of AWS and Slack that went wrong on purpose
     * @param seconds what callers got, by seconds since it began
     * @param processes how many there were, by role
     */
    record Run(
            long seed,
            Moment begun,
            Moment ended,
            Map<String, Integer> done,
            List<Happened> troubles,
            long struck,
            NavigableMap<Long, Second> seconds,
            Map<String, Integer> processes) {

        Duration took() {
            return Duration.between(begun.wall(), ended.wall());
        }

        Duration simulated() {
            return Duration.between(begun.simulated(), ended.simulated());
        }
    }

    /** What was found. */
    record Books(
            GrantBook grants,
            AlarmBook alarms,
            VisitBook visits,
            CallBook calls,
            RotationBook rotations,
            VitalBook vitals,
            Clocks clocks) {

        List<Loss> ofGrants() {
            return grants.losses(clocks);
        }

        List<Loss> ofCalls() {
            return calls.losses(clocks);
        }
    }

    List<Loss> ofAlarms() {
        return books.alarms().lossesWhenFine(books.clocks(), run.ended());
    }

    List<Loss> ofVisits() {
        return books.visits().losses(run.ended());
    }

    List<Loss> ofRotations() {
        return books.rotations().losses(books.clocks(), run.ended());
    }

    List<Loss> ofVitals() {
        return books.vitals().losses(run.ended());
    }

    /** Everything that is wrong. */
    List<Loss> losses() {
        return Stream.of(stuck, books.ofGrants(), ofAlarms(), ofVisits(), books.ofCalls(), ofRotations(), ofVitals())
                .flatMap(List::stream)
                .toList();
    }
}
