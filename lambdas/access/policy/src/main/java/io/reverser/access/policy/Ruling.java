package io.reverser.access.policy;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** What the policy says of a wish. */
public sealed interface Ruling {

    /** What it takes when people are asked; empty when nobody is, or when it is refused. */
    default Optional<NeedsApproval> approval() {
        return switch (this) {
            case NeedsApproval needed -> Optional.of(needed);
            case Automatic free -> free.otherwise().approval();
            case BreakGlass now -> Optional.empty();
            case Refused refused -> Optional.empty();
        };
    }

    /** No. */
    record Refused(Refusal why) implements Ruling {}

    /** Yes, as long as this person had it that way fewer than so many times. */
    record Automatic(Terms terms, String rule, int times, Duration per, Ruling otherwise) implements Ruling {}

    /**
     * If enough people say yes.
     *
     * @param asked whom to call
     * @param quorum how many have to say yes
     */
    record NeedsApproval(Terms terms, Set<String> asked, int quorum, Duration expiresAfter, Duration remindAfter)
            implements Ruling {}

    /**
     * Yes, at once.
     *
     * @param told who has to know
     */
    record BreakGlass(Terms terms, Set<String> told) implements Ruling {}
}
