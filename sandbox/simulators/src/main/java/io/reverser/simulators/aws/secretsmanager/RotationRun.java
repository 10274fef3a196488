package io.reverser.simulators.aws.secretsmanager;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A running rotation, or a test of a secret's rotation settings, which runs only one step of a rotation.
 *
 * @param token the ID of the version that the rotation creates
 * @param step the index of the next step
 * @param failures the number of failed attempts
 * @param dueAt the time of the next step
 */
record RotationRun(StoredSecret secret, String token, boolean isTest, int step, int failures, Instant dueAt) {

    private static final List<String> STEPS = List.of("createSecret", "setSecret", "testSecret", "finishSecret");
    private static final List<String> TEST_STEPS = List.of("testSecret");

    static RotationRun start(StoredSecret secret, String token, boolean isTest, Instant now) {
        return new RotationRun(secret, token, isTest, 0, 0, now);
    }

    String stepName() {
        return steps().get(step);
    }

    boolean isLastStep() {
        return step == steps().size() - 1;
    }

    RotationRun nextStep(Instant now) {
        return new RotationRun(secret, token, isTest, step + 1, failures, now);
    }

    /** Schedules a retry of all steps after a delay. */
    RotationRun retriedAfter(Instant now, Duration delay) {
        return new RotationRun(secret, token, isTest, 0, failures + 1, now.plus(delay));
    }

    /**
     * Whether the rotation was abandoned: its version lost the label AWSPENDING without becoming the current version.
     */
    boolean isAbandoned() {
        StagingLabels labels = secret.versions().labels();
        return !labels.isAttached(StagingLabels.PENDING, token)
                && (isTest || !labels.isAttached(StagingLabels.CURRENT, token));
    }

    /**
     * Checks the effect of a step that returned without an error. If the step did not do its work, returns what is
     * missing.
     */
    Optional<String> incompleteStepReason() {
        return switch (stepName()) {
            case "createSecret" ->
                secret.versions().value(token).isPresent()
                        ? Optional.empty()
                        : Optional.of(
                                "Pending secret version %s was not created by the rotation function.".formatted(token));
            case "finishSecret" ->
                secret.versions().labels().isAttached(StagingLabels.CURRENT, token)
                        ? Optional.empty()
                        : Optional.of("Pending secret version %s was not made the current one.".formatted(token));
            default -> Optional.empty();
        };
    }

    private List<String> steps() {
        return isTest ? TEST_STEPS : STEPS;
    }
}
