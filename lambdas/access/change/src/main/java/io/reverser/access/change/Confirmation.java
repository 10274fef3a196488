package io.reverser.access.change;

import io.reverser.access.policy.Policy;
import io.reverser.access.policy.Ruling;
import io.reverser.access.policy.Terms;
import io.reverser.access.policy.Wish;
import io.reverser.access.request.Approval;
import io.reverser.access.request.Decision;
import io.reverser.access.request.Extension;
import io.reverser.access.request.Request.Approved;
import io.reverser.access.request.Request.Granted;
import io.reverser.slack.Slack;
import io.reverser.slack.SlackFailure;
import io.reverser.slack.SlackUser;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Looks at a decision again before it is carried out. What the table says is not enough: the policy may have changed since,
 * and whoever can write to the table must not be able to grant.
 */
class Confirmation {

    private static final Set<String> UNKNOWN = Set.of("user_not_found", "user_not_visible");
    private static final String NOT_ALLOWED = "the policy does not allow it, or not any more";

    private final Policy policy;
    private final Slack slack;

    Confirmation(Policy policy, Slack slack) {
        this.policy = policy;
        this.slack = slack;
    }

    /** Why the decision does not hold, in words; empty when it does. */
    Optional<String> obstacle(Approved approved) {
        Wish wish = approved.ask().wish();
        Decision decision = approved.decision();
        if (!terms(wish, decision.way(), decision.approvals()).equals(Optional.of(decision.terms()))) {
            return Optional.of(NOT_ALLOWED);
        }
        return Stream.concat(
                        Stream.of(wish.who()), decision.approvals().stream().map(Approval::by))
                .filter(id -> !isMember(id))
                .findFirst()
                .map(id -> "<@" + id + "> is no full member of this workspace");
    }

    /** Slack may not know somebody any more, or not show him to us; then nothing is given on his word. */
    private boolean isMember(String id) {
        try {
            SlackUser user = slack.user(id);
            return user.isMember() && user.team().equals(policy.slack().team());
        } catch (SlackFailure failure) {
            if (UNKNOWN.contains(failure.error())) {
                return false;
            }
            throw failure;
        }
    }

    /** Why access may not last longer, in words; empty when it may. */
    Optional<String> obstacle(Granted granted, Extension more) {
        Decision.Way way = more.approvals().isEmpty() ? granted.decision().way() : Decision.Way.APPROVED;
        return terms(granted.ask().wish(), way, more.approvals())
                        .filter(terms -> granted.lengthWith(more).compareTo(terms.longest()) <= 0)
                        .isPresent()
                ? Optional.empty()
                : Optional.of(NOT_ALLOWED);
    }

    /** What the policy gives in this way; empty when it does not. */
    private Optional<Terms> terms(Wish wish, Decision.Way way, List<Approval> approvals) {
        Ruling ruling = policy.rule(wish);
        return switch (way) {
            case BREAK_GLASS -> ruling instanceof Ruling.BreakGlass now ? Optional.of(now.terms()) : Optional.empty();
            case AUTOMATIC -> ruling instanceof Ruling.Automatic free ? Optional.of(free.terms()) : Optional.empty();
            case APPROVED ->
                ruling.approval()
                        .filter(needed -> policy.isEnough(
                                wish, approvals.stream().map(Approval::by).toList()))
                        .map(Ruling.NeedsApproval::terms);
        };
    }
}
