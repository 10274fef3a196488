package io.reverser.simulators.aws;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/**
 * How a secret is rotated.
 *
 * @param rules none when it is only rotated on demand
 * @param next until when it will be rotated by itself; after failures this is in the past
 */
record RotationSettings(String functionArn, Optional<RotationRules> rules, boolean enabled, Optional<Instant> next) {

    /**
     * From a request, and what was set before. New rules count from now on.
     *
     * @throws AwsError when the rules are not valid, or there is no function
     */
    static RotationSettings of(JsonNode request, Optional<RotationSettings> before, Instant now) {
        String function = Optional.of(request.path("RotationLambdaARN").asText())
                .filter(arn -> !arn.isEmpty())
                .map(SecretRules::function)
                .or(() -> before.map(RotationSettings::functionArn))
                .orElseThrow(() -> new AwsError(
                        400,
                        "InvalidRequestException",
                        "No Lambda rotation function ARN is associated with this secret."));
        Optional<RotationSettings> unchanged =
                before.filter(settings -> settings.enabled && !request.hasNonNull("RotationRules"));
        if (unchanged.isPresent()) {
            return new RotationSettings(function, unchanged.get().rules, true, unchanged.get().next);
        }
        Optional<RotationRules> rules = request.hasNonNull("RotationRules")
                ? Optional.of(RotationRules.of(request.path("RotationRules"), now))
                : before.flatMap(RotationSettings::rules);
        return new RotationSettings(function, rules, true, Optional.empty()).rotated(now);
    }

    RotationSettings rotated(Instant now) {
        return new RotationSettings(
                functionArn, rules, enabled, enabled ? rules.flatMap(given -> given.next(now)) : Optional.empty());
    }

    RotationSettings off() {
        return new RotationSettings(functionArn, rules, false, Optional.empty());
    }
}
