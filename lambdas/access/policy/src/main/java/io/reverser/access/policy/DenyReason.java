package io.reverser.access.policy;

import java.time.Duration;
import java.util.List;

/** Why the policy denies a request or a decision, with the values for the message to the user. */
public sealed interface DenyReason {

    /** The user is not in the policy. */
    record UnknownPerson(String person) implements DenyReason {}

    /** The policy has no cluster with this name. */
    record UnknownCluster(String name, List<String> known) implements DenyReason {}

    /** The policy has no access level with this name. */
    record UnknownLevel(String name, List<String> known) implements DenyReason {}

    /** No rule of the policy allows this person this access level on this cluster. */
    record NotAllowed(String cluster, String level, boolean breakGlass) implements DenyReason {}

    /** The access level is limited to namespaces, but the request names none. */
    record NamespaceMissing(String level, List<String> allowed) implements DenyReason {}

    /** The request names namespaces, but the access level applies only to the whole cluster. */
    record NamespaceNotApplicable(String level) implements DenyReason {}

    /** The namespace cannot be requested in this cluster. */
    record NamespaceNotAllowed(String namespace, List<String> allowed) implements DenyReason {}

    /** The duration is too short. */
    record TooShort(Duration requested, Duration minDuration) implements DenyReason {}

    /** The duration is too long. */
    record TooLong(Duration requested, Duration maxDuration) implements DenyReason {}

    /** The total duration of the access, including the extension, is too long. */
    record TotalTooLong(Duration total, Duration maxDuration) implements DenyReason {}

    /** The reason is too short or too long. */
    record InvalidReasonLength(int length, int minLength, int maxLength) implements DenyReason {}

    /** Fewer people could approve the request than the quorum requires. */
    record NotEnoughApprovers(int available, int required) implements DenyReason {}

    /** The user is not an approver of this access. */
    record NotAnApprover(String person) implements DenyReason {}

    /** Only the requester of the access may perform this action. */
    record NotTheRequester(String person) implements DenyReason {}

    /**
     * The user may not decide about their own request, nor about the request of a person with the same IAM principal.
     */
    record OwnRequest(String person, String principalArn) implements DenyReason {}
}
