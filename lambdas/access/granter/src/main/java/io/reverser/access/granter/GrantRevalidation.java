package io.reverser.access.granter;

import io.reverser.access.policy.GrantTerms;
import io.reverser.access.policy.Policy;
import io.reverser.access.policy.PolicyDecision;
import io.reverser.access.policy.RequestedAccess;
import io.reverser.access.request.Approval;
import io.reverser.access.request.ApprovalRecord;
import io.reverser.access.request.Extension;
import io.reverser.access.request.Request.Approved;
import io.reverser.access.request.Request.Granted;
import io.reverser.slack.client.SlackClient;
import io.reverser.slack.client.SlackException;
import io.reverser.slack.client.SlackUser;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Evaluates the policy again before an approved request or extension takes effect. The policy may have changed since
 * the approval, and a component that can write to the request table must not be able to grant access that way.
 */
class GrantRevalidation {

    private static final Set<String> UNKNOWN_USER_ERRORS = Set.of("user_not_found", "user_not_visible");
    private static final String NOT_ALLOWED = "the policy does not allow it";

    private final Policy policy;
    private final SlackClient slack;

    GrantRevalidation(Policy policy, SlackClient slack) {
        this.policy = policy;
        this.slack = slack;
    }

    /** The reason why an approval is no longer valid, in words for the requester; empty when the approval is valid. */
    Optional<String> denialReason(Approved approved) {
        RequestedAccess access = approved.details().access();
        ApprovalRecord approvalRecord = approved.approvalRecord();
        if (!currentTerms(access, approvalRecord.mode(), approvalRecord.approvals())
                .equals(Optional.of(approvalRecord.terms()))) {
            return Optional.of(NOT_ALLOWED);
        }
        return Stream.concat(
                        Stream.of(access.requester()),
                        approvalRecord.approvals().stream().map(Approval::by))
                .filter(id -> !isMember(id))
                .findFirst()
                .map(id -> "<@" + id + "> is not a full member of this workspace");
    }

    /**
     * Whether the user is a full member of our workspace. A user whom Slack does not know, or does not show to the app,
     * does not count as a member.
     */
    private boolean isMember(String id) {
        try {
            SlackUser user = slack.findUser(id);
            return user.isMember() && user.teamId().equals(policy.slack().teamId());
        } catch (SlackException failure) {
            if (UNKNOWN_USER_ERRORS.contains(failure.error())) {
                return false;
            }
            throw failure;
        }
    }

    /** The reason why an extension is not allowed, in words for the requester; empty when the extension is allowed. */
    Optional<String> extensionDenialReason(Granted granted, Extension extension) {
        ApprovalRecord.ApprovalMode mode =
                extension.approvals().isEmpty() ? granted.approvalRecord().mode() : ApprovalRecord.ApprovalMode.MANUAL;
        return currentTerms(granted.details().access(), mode, extension.approvals())
                        .filter(terms -> granted.durationWith(extension).compareTo(terms.maxDuration()) <= 0)
                        .isPresent()
                ? Optional.empty()
                : Optional.of(NOT_ALLOWED);
    }

    /**
     * The terms on which the policy now allows the access with this approval mode; empty when the policy does not allow
     * the access.
     */
    private Optional<GrantTerms> currentTerms(
            RequestedAccess access, ApprovalRecord.ApprovalMode mode, List<Approval> approvals) {
        PolicyDecision decision = policy.evaluate(access);
        return switch (mode) {
            case BREAK_GLASS ->
                decision instanceof PolicyDecision.BreakGlass breakGlass
                        ? Optional.of(breakGlass.terms())
                        : Optional.empty();
            case AUTOMATIC ->
                decision instanceof PolicyDecision.Automatic automatic
                        ? Optional.of(automatic.terms())
                        : Optional.empty();
            case MANUAL ->
                decision.approval()
                        .filter(needed -> policy.isQuorumMet(
                                access, approvals.stream().map(Approval::by).toList()))
                        .map(PolicyDecision.NeedsApproval::terms);
        };
    }
}
