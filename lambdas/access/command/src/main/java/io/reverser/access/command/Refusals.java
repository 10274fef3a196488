package io.reverser.access.command;

import io.reverser.access.policy.Refusal;

/** Below which input of the form a refusal is shown. */
final class Refusals {

    private Refusals() {}

    static String block(Refusal refusal) {
        return switch (refusal) {
            case Refusal.NamespaceMissing missing -> Views.NAMESPACES;
            case Refusal.NamespaceNotPossible superfluous -> Views.NAMESPACES;
            case Refusal.NamespaceNotOffered unknown -> Views.NAMESPACES;
            case Refusal.TooShort tooShort -> Views.DURATION;
            case Refusal.TooLong tooLong -> Views.DURATION;
            case Refusal.TooLongInAll tooLong -> Views.DURATION;
            case Refusal.BadReason reason -> Views.REASON;
            case Refusal.UnknownPerson person -> Views.TARGET;
            case Refusal.UnknownCluster cluster -> Views.TARGET;
            case Refusal.UnknownLevel level -> Views.TARGET;
            case Refusal.NotAllowed rule -> Views.TARGET;
            case Refusal.NobodyToApprove nobody -> Views.TARGET;
            case Refusal.NotAnApprover approver -> Views.TARGET;
            case Refusal.NotTheRequester other -> Views.TARGET;
            case Refusal.OwnRequest own -> Views.TARGET;
        };
    }
}
