package io.reverser.bench.reconciliation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Every change of the database password, and what is there at the end.
 *
 * @param requested how many were asked for, by the clock or by hand
 * @param slackMessages what Slack says of them, one message each
 */
public record RotationReconciliation(
        int requested, List<Rotation> rotations, List<String> slackMessages, FinalState finalState) {

    /**
     * A rotation.
     *
     * @param token the new version of the secret
     * @param finalStage its last stage, once it is over: {@code COMPLETED} when the password has changed
     */
    public record Rotation(String token, Instant startedAt, Optional<String> finalStage) {

        /** Whether it is as it was before. */
        public boolean isRolledBack() {
            return finalStage.filter(stage -> !stage.equals("COMPLETED")).isPresent();
        }
    }

    /**
     * What is there when all is over.
     *
     * @param isCurrentAccepted whether the database lets in what AWSCURRENT says
     * @param isPreviousAccepted whether it lets in what AWSPREVIOUS says
     * @param hasPending whether a version is AWSPENDING that is not AWSCURRENT
     * @param podsWithOtherCredentials pods that do not log in with what AWSCURRENT says
     * @param deniedLogins how often a pod was not let in
     */
    public record FinalState(
            boolean isCurrentAccepted,
            boolean isPreviousAccepted,
            boolean hasPending,
            List<String> podsWithOtherCredentials,
            long deniedLogins) {}

    /** How many changed the password. */
    public long completed() {
        return countMessages("has changed");
    }

    /** How many left everything as it was. */
    public long rolledBack() {
        return rotations.stream().filter(Rotation::isRolledBack).count();
    }

    /** Everything that is wrong. */
    public List<Discrepancy> discrepancies(ClockOffsets clockOffsets, DualTimestamp now) {
        var discrepancies = new ArrayList<Discrepancy>();
        for (Rotation rotation : rotations) {
            if (rotation.finalStage().isEmpty()) {
                discrepancies.add(new Discrepancy(
                        "Rotation lost: %s began and has no end".formatted(rotation.token()),
                        clockOffsets.fromSimulated(rotation.startedAt())));
            }
        }
        var descriptions = new ArrayList<String>();
        if (rotations.size() < requested) {
            descriptions.add("Rotation lost: %d of %d began".formatted(rotations.size(), requested));
        }
        long ended =
                rotations.stream().filter(one -> one.finalStage().isPresent()).count();
        long rolledBack = rolledBack();
        if (countMessages("has changed") < ended - rolledBack
                || countMessages("was rolled back") + countMessages("was not changed") < rolledBack) {
            descriptions.add("Slack tells %d of %d rotations as done, and %d of %d as taken back"
                    .formatted(
                            countMessages("has changed"),
                            ended - rolledBack,
                            countMessages("was rolled back") + countMessages("was not changed"),
                            rolledBack));
        }
        if (!finalState.isCurrentAccepted()) {
            descriptions.add("Password lost: the database does not let in what AWSCURRENT says");
        }
        boolean isLastDone =
                !rotations.isEmpty() && rotations.getLast().finalStage().equals(Optional.of("COMPLETED"));
        if (isLastDone && finalState.isPreviousAccepted()) {
            descriptions.add("The database still lets in what AWSPREVIOUS says");
        }
        if (finalState.hasPending()) {
            descriptions.add("AWSPENDING was left on a version");
        }
        finalState
                .podsWithOtherCredentials()
                .forEach(pod -> descriptions.add(pod + " has another login than AWSCURRENT"));
        if (finalState.deniedLogins() > 0) {
            descriptions.add("Pods were not let in by the database %d times".formatted(finalState.deniedLogins()));
        }
        descriptions.forEach(description -> discrepancies.add(new Discrepancy(description, now)));
        return discrepancies;
    }

    private long countMessages(String words) {
        return slackMessages.stream().filter(text -> text.contains(words)).count();
    }
}
