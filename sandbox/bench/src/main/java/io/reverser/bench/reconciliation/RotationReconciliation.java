package io.reverser.bench.reconciliation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Compares the requested rotations with the rotator's event log, with the Slack messages, and with the database
 * credentials at the end.
 *
 * @param requested how many rotations maintenance windows and operators requested
 * @param slackMessages the Slack messages about rotations, one for each rotation
 */
public record RotationReconciliation(
        int requested, List<Rotation> rotations, List<String> slackMessages, FinalState finalState) {

    /**
     * A rotation of the database password.
     *
     * @param token the ID of the new version of the secret
     * @param finalStage the last stage of the rotation; {@code COMPLETED} when the password has changed, empty when the
     *     rotation did not finish
     */
    public record Rotation(String token, Instant startedAt, Optional<String> finalStage) {

        /** Whether the rotation ended without changing the password, so that the old password stays in use. */
        public boolean isRolledBack() {
            return finalStage.filter(stage -> !stage.equals("COMPLETED")).isPresent();
        }
    }

    /**
     * The state of the database credentials at the end of a soak.
     *
     * @param isCurrentAccepted whether the database accepts the credentials of the secret's version AWSCURRENT
     * @param isPreviousAccepted whether the database accepts the credentials of the version AWSPREVIOUS
     * @param hasPending whether a version other than AWSCURRENT has the label AWSPENDING
     * @param podsWithOtherCredentials the names of the pods that do not use the credentials of AWSCURRENT
     * @param deniedLogins how many times the database denied a pod's login
     */
    public record FinalState(
            boolean isCurrentAccepted,
            boolean isPreviousAccepted,
            boolean hasPending,
            List<String> podsWithOtherCredentials,
            long deniedLogins) {}

    /** How many rotations changed the password. */
    public long completed() {
        return countMessages("has changed");
    }

    /** How many rotations ended with the old password. */
    public long rolledBack() {
        return rotations.stream().filter(Rotation::isRolledBack).count();
    }

    /** All unfinished or unreported rotations, and all wrong credentials. */
    public List<Discrepancy> discrepancies(ClockOffsets clockOffsets, DualTimestamp now) {
        var discrepancies = new ArrayList<Discrepancy>();
        for (Rotation rotation : rotations) {
            if (rotation.finalStage().isEmpty()) {
                discrepancies.add(new Discrepancy(
                        "Rotation lost: %s started and did not finish".formatted(rotation.token()),
                        clockOffsets.fromSimulated(rotation.startedAt())));
            }
        }
        var descriptions = new ArrayList<String>();
        if (rotations.size() < requested) {
            descriptions.add("Rotation lost: %d of %d started".formatted(rotations.size(), requested));
        }
        long ended =
                rotations.stream().filter(one -> one.finalStage().isPresent()).count();
        long rolledBack = rolledBack();
        if (countMessages("has changed") < ended - rolledBack
                || countMessages("was rolled back") + countMessages("was not changed") < rolledBack) {
            descriptions.add("Slack shows %d of %d rotations as completed, and %d of %d as rolled back"
                    .formatted(
                            countMessages("has changed"),
                            ended - rolledBack,
                            countMessages("was rolled back") + countMessages("was not changed"),
                            rolledBack));
        }
        if (!finalState.isCurrentAccepted()) {
            descriptions.add("Password lost: the database rejects AWSCURRENT");
        }
        boolean isLastDone =
                !rotations.isEmpty() && rotations.getLast().finalStage().equals(Optional.of("COMPLETED"));
        if (isLastDone && finalState.isPreviousAccepted()) {
            descriptions.add("The database still accepts AWSPREVIOUS");
        }
        if (finalState.hasPending()) {
            descriptions.add("AWSPENDING is still attached to a version other than AWSCURRENT");
        }
        finalState.podsWithOtherCredentials().forEach(pod -> descriptions.add(pod + " does not use AWSCURRENT"));
        if (finalState.deniedLogins() > 0) {
            descriptions.add("The database denied pods' logins %d times".formatted(finalState.deniedLogins()));
        }
        descriptions.forEach(description -> discrepancies.add(new Discrepancy(description, now)));
        return discrepancies;
    }

    private long countMessages(String words) {
        return slackMessages.stream().filter(text -> text.contains(words)).count();
    }
}
