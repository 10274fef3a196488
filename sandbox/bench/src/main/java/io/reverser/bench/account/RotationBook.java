package io.reverser.bench.account;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Every change of the database password, and what is there at the end.
 *
 * @param wanted how many were asked for, by the clock or by hand
 * @param story what Slack says of them, one message each
 */
public record RotationBook(int wanted, List<Rotation> rotations, List<String> story, AtTheEnd atTheEnd) {

    /**
     * A rotation.
     *
     * @param token the new version of the secret
     * @param end its last note, once it is over: {@code DROPPED} when the password has changed
     */
    public record Rotation(String token, Instant begun, Optional<String> end) {

        /** Whether it is as it was before. */
        public boolean isTakenBack() {
            return end.filter(mark -> !mark.equals("DROPPED")).isPresent();
        }
    }

    /**
     * What is there when all is over.
     *
     * @param isCurrentLetIn whether the database lets in what AWSCURRENT says
     * @param isPreviousLetIn whether it lets in what AWSPREVIOUS says
     * @param hasPending whether a version is AWSPENDING that is not AWSCURRENT
     * @param strayPods pods that do not log in with what AWSCURRENT says
     * @param refusedLogins how often a pod was not let in
     */
    public record AtTheEnd(
            boolean isCurrentLetIn,
            boolean isPreviousLetIn,
            boolean hasPending,
            List<String> strayPods,
            long refusedLogins) {}

    /** How many changed the password. */
    public long changed() {
        return count("has changed");
    }

    /** How many left everything as it was. */
    public long takenBack() {
        return rotations.stream().filter(Rotation::isTakenBack).count();
    }

    /** Everything that is wrong. */
    public List<Loss> losses(Clocks clocks, Moment now) {
        var losses = new ArrayList<Loss>();
        for (Rotation rotation : rotations) {
            if (rotation.end().isEmpty()) {
                losses.add(new Loss(
                        "Rotation lost: %s began and has no end".formatted(rotation.token()),
                        clocks.simulated(rotation.begun())));
            }
        }
        var wrong = new ArrayList<String>();
        if (rotations.size() < wanted) {
            wrong.add("Rotation lost: %d of %d began".formatted(rotations.size(), wanted));
        }
        long over = rotations.stream().filter(one -> one.end().isPresent()).count();
        long back = takenBack();
        if (count("has changed") < over - back || count("is as before") + count("was not changed") < back) {
            wrong.add("Slack tells %d of %d rotations as done, and %d of %d as taken back"
                    .formatted(
                            count("has changed"), over - back, count("is as before") + count("was not changed"), back));
        }
        if (!atTheEnd.isCurrentLetIn()) {
            wrong.add("Password lost: the database does not let in what AWSCURRENT says");
        }
        boolean isLastDone = !rotations.isEmpty() && rotations.getLast().end().equals(Optional.of("DROPPED"));
        if (isLastDone && atTheEnd.isPreviousLetIn()) {
            wrong.add("The database still lets in what AWSPREVIOUS says");
        }
        if (atTheEnd.hasPending()) {
            wrong.add("AWSPENDING was left on a version");
        }
        atTheEnd.strayPods().forEach(pod -> wrong.add(pod + " has another login than AWSCURRENT"));
        if (atTheEnd.refusedLogins() > 0) {
            wrong.add("Pods were not let in by the database %d times".formatted(atTheEnd.refusedLogins()));
        }
        wrong.forEach(what -> losses.add(new Loss(what, now)));
        return losses;
    }

    private long count(String words) {
        return story.stream().filter(text -> text.contains(words)).count();
    }
}
