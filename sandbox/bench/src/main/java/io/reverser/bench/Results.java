package io.reverser.bench;

import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/**
 * Everything that a run found out.
 *
 * @param accounted how many visits were found in the database again, which is all of them, or there are no results
 */
record Results(Map<Contestant, Figures> figures, long accounted) {

    Figures of(Contestant who) {
        return Objects.requireNonNull(figures.get(who), who.title);
    }

    /** One contestant's value as a multiple of another's. */
    double ratio(ToDoubleFunction<Figures> value, Contestant who, Contestant whose) {
        return value.applyAsDouble(of(who)) / value.applyAsDouble(of(whose));
    }
}
