package io.reverser.simulators.aws;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A rotation under way, or the test of a secret's settings, which is one step of it.
 *
 * @param token the id of the version that it makes
 * @param step which step is next
 * @param failures how often it failed
 * @param due when the next step is due
 */
record Rotation(Secret secret, String token, boolean isTest, int step, int failures, Instant due) {

    private static final List<String> STEPS = List.of("createSecret", "setSecret", "testSecret", "finishSecret");
    private static final List<String> TEST = List.of("testSecret");

    static Rotation of(Secret secret, String token, boolean isTest, Instant now) {
        return new Rotation(secret, token, isTest, 0, 0, now);
    }

    String stepName() {
        return steps().get(step);
    }

    boolean isLastStep() {
        return step == steps().size() - 1;
    }

    Rotation next(Instant now) {
        return new Rotation(secret, token, isTest, step + 1, failures, now);
    }

    /** All of it once more, later. */
    Rotation again(Instant now, Duration pause) {
        return new Rotation(secret, token, isTest, 0, failures + 1, now.plus(pause));
    }

    /** Somebody took its label away, or made another version. */
    boolean isAbandoned() {
        StagingLabels labels = secret.versions().labels();
        return !labels.isOn(StagingLabels.PENDING, token) && (isTest || !labels.isOn(StagingLabels.CURRENT, token));
    }

    /** What the step that was done without an error has left undone. */
    Optional<String> undone() {
        return switch (stepName()) {
            case "createSecret" ->
                secret.versions().value(token).isPresent()
                        ? Optional.empty()
                        : Optional.of(
                                "Pending secret version %s was not created by the rotation function.".formatted(token));
            case "finishSecret" ->
                secret.versions().labels().isOn(StagingLabels.CURRENT, token)
                        ? Optional.empty()
                        : Optional.of("Pending secret version %s was not made the current one.".formatted(token));
            default -> Optional.empty();
        };
    }

    private List<String> steps() {
        return isTest ? TEST : STEPS;
    }
}
