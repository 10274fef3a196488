package io.reverser.access.change;

import io.reverser.access.policy.Policy;
import io.reverser.access.policy.Ruling;
import io.reverser.access.policy.Terms;
import io.reverser.access.policy.Wish;
import java.util.Optional;
import java.util.Set;

/**
 * Whom a request concerns besides who made it, by the policy of today.
 *
 * @param people who is asked, or in an emergency told
 * @param terms what it would give; empty when the policy does not allow it any more
 */
record Audience(Set<String> people, Optional<Terms> terms) {

    static Audience of(Policy policy, Wish wish) {
        return of(policy.rule(wish));
    }

    private static Audience of(Ruling ruling) {
        return switch (ruling) {
            case Ruling.NeedsApproval needed -> new Audience(needed.asked(), Optional.of(needed.terms()));
            case Ruling.Automatic free -> new Audience(of(free.otherwise()).people(), Optional.of(free.terms()));
            case Ruling.BreakGlass now -> new Audience(now.told(), Optional.of(now.terms()));
            case Ruling.Refused refused -> new Audience(Set.of(), Optional.empty());
        };
    }
}
