package io.reverser.access.command.slack;

import io.reverser.access.policy.DenyReason;

/** Below which input of the form a refusal is shown. */
final class FormErrors {

    private FormErrors() {}

    static String fieldFor(DenyReason denyReason) {
        return switch (denyReason) {
            case DenyReason.NamespaceMissing missing -> Modals.NAMESPACES;
            case DenyReason.NamespaceNotApplicable superfluous -> Modals.NAMESPACES;
            case DenyReason.NamespaceNotAllowed unknown -> Modals.NAMESPACES;
            case DenyReason.TooShort tooShort -> Modals.DURATION;
            case DenyReason.TooLong tooLong -> Modals.DURATION;
            case DenyReason.TotalTooLong tooLong -> Modals.DURATION;
            case DenyReason.InvalidReasonLength reason -> Modals.REASON;
            case DenyReason.UnknownPerson person -> Modals.TARGET;
            case DenyReason.UnknownCluster cluster -> Modals.TARGET;
            case DenyReason.UnknownLevel level -> Modals.TARGET;
            case DenyReason.NotAllowed rule -> Modals.TARGET;
            case DenyReason.NotEnoughApprovers nobody -> Modals.TARGET;
            case DenyReason.NotAnApprover approver -> Modals.TARGET;
            case DenyReason.NotTheRequester other -> Modals.TARGET;
            case DenyReason.OwnRequest own -> Modals.TARGET;
        };
    }
}
