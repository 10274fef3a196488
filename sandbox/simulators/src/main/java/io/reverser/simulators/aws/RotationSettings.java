package io.reverser.simulators.aws;

import java.time.Instant;
import java.util.Optional;

/**
 * How a secret is rotated.
 *
 * @param rules none when it is only rotated on demand
 * @param next until when it will be rotated by itself; after failures this is in the past
 */
record RotationSettings(String functionArn, Optional<RotationRules> rules, boolean enabled, Optional<Instant> next) {

    /** Turned on, and due as if the secret had been rotated just now. */
    static RotationSettings on(String functionArn, Optional<RotationRules> rules, Instant now) {
        return new RotationSettings(functionArn, rules, true, Optional.empty()).rotated(now);
    }

    RotationSettings rotated(Instant now) {
        return new RotationSettings(
                functionArn, rules, enabled, enabled ? rules.flatMap(given -> given.next(now)) : Optional.empty());
    }

    RotationSettings off() {
        return new RotationSettings(functionArn, rules, false, Optional.empty());
    }
}
