package io.reverser.access.change;

import io.reverser.access.policy.Policy;
import io.reverser.access.policy.Ruling;
import io.reverser.access.policy.Terms;
import io.reverser.access.policy.Wish;
import io.reverser.access.request.Approval;
import io.reverser.access.request.Decision;
import io.reverser.access.request.Request.Approved;
import io.reverser.slack.Slack;
import io.reverser.slack.SlackUser;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Looks at a decision again before it is carried out. What the table says is not enough: the policy may have changed since,
 * and whoever can write to the table must not be able to grant.
 */
class Confirmation {

    private final Policy policy;
    private final Slack slack;

    Confirmation(Policy policy, Slack slack) {
        this.policy = policy;
        this.slack = slack;
    }

    /** Why the decision does not hold, in words; empty when it does. */
    Optional<String> obstacle(Approved approved) {
        Wish wish = approved.ask().wish();
        Optional<Terms> terms = terms(policy.rule(wish), wish, approved.decision());
        if (!terms.equals(Optional.of(approved.decision().terms()))) {
            return Optional.of("the policy does not allow it, or not any more");
        }
        List<String> approvers =
                approved.decision().approvals().stream().map(Approval::by).toList();
        return Stream.concat(Stream.of(wish.who()), approvers.stream())
                .map(slack::user)
                .filter(user ->
                        !user.isMember() || !user.team().equals(policy.slack().team()))
                .map(SlackUser::id)
                .findFirst()
                .map(id -> "<@" + id + "> is no full member of this workspace");
    }

    private Optional<Terms> terms(Ruling ruling, Wish wish, Decision decision) {
        return switch (ruling) {
            case Ruling.Refused refused -> Optional.empty();
            case Ruling.BreakGlass now ->
                Optional.of(now.terms()).filter(terms -> decision.way() == Decision.Way.BREAK_GLASS);
            case Ruling.Automatic free ->
                decision.way() == Decision.Way.AUTOMATIC
                        ? Optional.of(free.terms())
                        : terms(free.otherwise(), wish, decision);
            case Ruling.NeedsApproval needed ->
                Optional.of(needed.terms())
                        .filter(terms -> decision.way() == Decision.Way.APPROVED
                                && policy.isEnough(
                                        wish,
                                        decision.approvals().stream()
                                                .map(Approval::by)
                                                .toList()));
        };
    }
}
