package io.reverser.rotation;

import io.reverser.rotation.plan.Occurrence;
import io.reverser.rotation.plan.Opening;
import io.reverser.rotation.plan.RotationPlan;
import io.reverser.slack.Text;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import software.amazon.awssdk.core.exception.SdkException;

/** Begins a rotation when one is due, a window is open, and nothing is in the way. */
final class Beginning {

    private static final Logger LOG = Logger.getLogger(Beginning.class);

    /** Whoever staged a version by hand has had time to go on with it by then. */
    private static final Duration ABANDONED = Duration.ofMinutes(10);

    /** Characters of a time, and some more: a key of the table is not as long as a tag may be. */
    private static final int LONGEST_TIME = 40;

    private final RotationPlan plan;
    private final Gate gate;
    private final Gate.Surroundings world;
    private final Journal journal;

    Beginning(RotationPlan plan, Gate gate, Gate.Surroundings world, Journal journal) {
        this.plan = plan;
        this.gate = gate;
        this.world = world;
        this.journal = journal;
    }

    /** Begins one, or says why not if anybody wants to know; whether one has begun. */
    boolean look(Optional<Rotation> newest, SecretState state) {
        newest.ifPresent(last -> noticeChange(last, state));
        noticeWrongTags(state);
        return switch (gate.admit(state)) {
            case Admission.Admitted admitted -> isWanted(admitted, newest, state) && begin(admitted, state);
            case Admission.Refused refusal -> {
                noticeMissed(newest, state);
                yield false;
            }
        };
    }

    private boolean isWanted(Admission.Admitted admitted, Optional<Rotation> newest, SecretState state) {
        boolean tried =
                newest.filter(last -> last.under().equals(admitted.under())).isPresent();
        return !tried && (admitted.isEmergency() || isDue(newest, state));
    }

    private boolean isDue(Optional<Rotation> newest, SecretState state) {
        return journal.isLongerThan(plan.dueAfter(), Rotation.rotated(newest, state));
    }

    private boolean begin(Admission.Admitted admitted, SecretState state) {
        Optional<String> abandoned = state.pending().filter(version -> !state.isCurrent(version));
        if (abandoned.isPresent()) {
            clear(abandoned.get());
            return false;
        }
        List<String> problems = problems(admitted, state);
        if (!problems.isEmpty()) {
            journal.write(admitted.under(), Mark.WAITING, String.join("; ", problems));
            return false;
        }
        return journal.begin(UUID.randomUUID().toString(), state, admitted, gate.before());
    }

    /** Who cannot be asked is in the way as well; but one hiccup is not worth a message. */
    private List<String> problems(Admission.Admitted admitted, SecretState state) {
        try {
            return gate.problems(state, admitted.isEmergency());
        } catch (DatabaseFailure | ClusterFailure | SdkException hiccup) {
            LOG.warnf("Asking once more: %s", hiccup.getMessage());
        }
        try {
            return gate.problems(state, admitted.isEmergency());
        } catch (DatabaseFailure | ClusterFailure | SdkException failure) {
            return List.of(String.valueOf(failure.getMessage()));
        }
    }

    /**
     * A version that somebody's rotation left pending would make Secrets Manager refuse ours. If the database lets it in, it
     * is taken back there as well.
     */
    private void clear(String version) {
        journal.write(version, Mark.WAITING, Wording.abandoned(ABANDONED));
        boolean isOld = journal.about(version).stream()
                .filter(note -> note.mark() == Mark.WAITING)
                .anyMatch(note -> journal.isLongerThan(ABANDONED, note.at()));
        if (isOld) {
            world.withdraw(version);
        }
    }

    /** The current version is neither what the last rotation left nor what it found. */
    private void noticeChange(Rotation last, SecretState state) {
        String expected = last.progress() == Mark.DROPPED ? last.token() : last.from();
        if (!state.isCurrent(expected)) {
            journal.write(state.current(), Mark.CHANGED, "");
        }
    }

    /** Somebody in a hurry would wait in vain. */
    private void noticeWrongTags(SecretState state) {
        if (BreakGlass.read(state.tags(), journal.now()) instanceof BreakGlass.Tags.Wrong(String problem)) {
            String until = Text.cut(state.tags().getOrDefault(BreakGlass.UNTIL, ""), LONGEST_TIME);
            journal.write("tags until " + until + ": " + problem, Mark.WAITING, Wording.wrongTags(problem));
        }
    }

    private void noticeMissed(Optional<Rotation> newest, SecretState state) {
        if (isDue(newest, state) && plan.windows().at(journal.now()) instanceof Opening.Ending(Occurrence occurrence)) {
            String under = Admission.under(occurrence);
            if (newest.filter(last -> last.under().equals(under)).isEmpty()) {
                journal.write(under, Mark.MISSED, "");
            }
        }
    }
}
