package io.reverser.access.policy;

import java.time.Duration;
import java.util.List;

/** Why a wish or a decision is refused, with what the wording needs. */
public sealed interface Refusal {

    /** The policy does not know who asks. */
    record UnknownPerson(String person) implements Refusal {}

    /** There is no such cluster. */
    record UnknownCluster(String name, List<String> known) implements Refusal {}

    /** There is no such level. */
    record UnknownLevel(String name, List<String> known) implements Refusal {}

    /** No rule gives this person that level there. */
    record NotAllowed(String cluster, String level, boolean breakGlass) implements Refusal {}

    /** The level is given for namespaces, and none is named. */
    record NamespaceMissing(String level, List<String> offered) implements Refusal {}

    /** The level is given for the whole cluster only. */
    record NamespaceNotPossible(String level) implements Refusal {}

    /** The namespace cannot be asked for. */
    record NamespaceNotOffered(String namespace, List<String> offered) implements Refusal {}

    /** Too short. */
    record TooShort(Duration asked, Duration shortest) implements Refusal {}

    /** Too long. */
    record TooLong(Duration asked, Duration longest) implements Refusal {}

    /** Too long together with what there was before. */
    record TooLongInAll(Duration whole, Duration longest) implements Refusal {}

    /** The reason says too little or too much. */
    record BadReason(int characters, int fewest, int most) implements Refusal {}

    /** Too few people are left who could approve it. */
    record NobodyToApprove(int possible, int needed) implements Refusal {}

    /** Somebody decides who may not. */
    record NotAnApprover(String person) implements Refusal {}

    /** Only the requester can do that, and somebody else tried. */
    record NotTheRequester(String person) implements Refusal {}

    /** Somebody decides about himself, or about somebody who works with the same principal. */
    record OwnRequest(String person, String principalArn) implements Refusal {}
}
