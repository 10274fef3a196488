package io.reverser.access.policy;

import java.time.Duration;
import java.util.List;

/** Why a requested access or a decision is denied, with what the message about it needs. */
public sealed interface DenyReason {

    /** The policy does not know who asks. */
    record UnknownPerson(String person) implements DenyReason {}

    /** There is no such cluster. */
    record UnknownCluster(String name, List<String> known) implements DenyReason {}

    /** There is no such level. */
    record UnknownLevel(String name, List<String> known) implements DenyReason {}

    /** No rule gives this person that level there. */
    record NotAllowed(String cluster, String level, boolean breakGlass) implements DenyReason {}

    /** The level is given for namespaces, and none is named. */
    record NamespaceMissing(String level, List<String> allowed) implements DenyReason {}

    /** The level is given for the whole cluster only. */
    record NamespaceNotApplicable(String level) implements DenyReason {}

    /** The namespace cannot be asked for. */
    record NamespaceNotAllowed(String namespace, List<String> allowed) implements DenyReason {}

    /** Too short. */
    record TooShort(Duration requested, Duration minDuration) implements DenyReason {}

    /** Too long. */
    record TooLong(Duration requested, Duration maxDuration) implements DenyReason {}

    /** Too long together with what there was before. */
    record TotalTooLong(Duration total, Duration maxDuration) implements DenyReason {}

    /** The reason says too little or too much. */
    record InvalidReasonLength(int length, int minLength, int maxLength) implements DenyReason {}

    /** Too few people are left who could approve it. */
    record NotEnoughApprovers(int available, int required) implements DenyReason {}

    /** The user is not an approver of this access. */
    record NotAnApprover(String person) implements DenyReason {}

    /** Only the requester may do that, and the user is not the requester. */
    record NotTheRequester(String person) implements DenyReason {}

    /** The user may not decide about their own request, or one of a person with the same principal. */
    record OwnRequest(String person, String principalArn) implements DenyReason {}
}
