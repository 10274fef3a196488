package io.reverser.simulators.aws.secretsmanager;

import com.fasterxml.jackson.databind.JsonNode;
import io.reverser.simulators.aws.api.AwsError;
import java.time.Instant;
import java.util.Optional;

/**
 * The rotation settings of a secret.
 *
 * @param schedule empty if the secret is rotated on demand only
 * @param nextDeadline the latest time of the next automatic rotation; if rotations failed, it is in the past
 */
record RotationSettings(
        String functionArn, Optional<RotationSchedule> schedule, boolean enabled, Optional<Instant> nextDeadline) {

    /**
     * Merges the settings in a request into the secret's previous rotation settings. If the request has new rotation
     * rules, their interval begins now.
     *
     * @throws AwsError when the rotation rules are invalid, or there is no rotation function
     */
    static RotationSettings of(JsonNode request, Optional<RotationSettings> before, Instant now) {
        String function = Optional.of(request.path("RotationLambdaARN").asText())
                .filter(arn -> !arn.isEmpty())
                .map(SecretValidator::validateFunctionArn)
                .or(() -> before.map(RotationSettings::functionArn))
                .orElseThrow(() -> new AwsError(
                        400,
                        "InvalidRequestException",
                        "No Lambda rotation function ARN is associated with this secret."));
        Optional<RotationSettings> unchanged =
                before.filter(settings -> settings.enabled && !request.hasNonNull("RotationRules"));
        if (unchanged.isPresent()) {
            return new RotationSettings(function, unchanged.get().schedule, true, unchanged.get().nextDeadline);
        }
        Optional<RotationSchedule> schedule = request.hasNonNull("RotationRules")
                ? Optional.of(RotationSchedule.parse(request.path("RotationRules"), now))
                : before.flatMap(RotationSettings::schedule);
        return new RotationSettings(function, schedule, true, Optional.empty()).rescheduled(now);
    }

    RotationSettings rescheduled(Instant now) {
        return new RotationSettings(
                functionArn,
                schedule,
                enabled,
                enabled ? schedule.flatMap(given -> given.nextWindowEnd(now)) : Optional.empty());
    }

    RotationSettings disabled() {
        return new RotationSettings(functionArn, schedule, false, Optional.empty());
    }
}
