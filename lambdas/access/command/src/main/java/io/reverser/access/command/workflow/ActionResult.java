package io.reverser.access.command.workflow;

import io.reverser.access.policy.DenyReason;
import io.reverser.access.request.AuditRecord;
import io.reverser.access.request.Request;
import java.util.List;

/** The result of a user's action. */
public sealed interface ActionResult {

    /** It is written; this is the request now. */
    record Done(Request request) implements ActionResult {}

    /** The policy says no. */
    record Denied(DenyReason reason) implements ActionResult {}

    /** This person has, or asked for, access to that cluster already. */
    record AlreadyActive(Request request) implements ActionResult {}

    /** The limit of automatic approvals is reached. */
    record LimitReached() implements ActionResult {}

    /** The request is past that, or not there yet. */
    record WrongState(Request request) implements ActionResult {}

    /** This person said yes before. */
    record AlreadyApproved() implements ActionResult {}

    /** More time was asked for before, and that is not settled. */
    record ExtensionPending(Request request) implements ActionResult {}

    /** The policy would not allow the request any more. */
    record NoLongerAllowed() implements ActionResult {}

    /** There is no such request, or none that this person may know of. */
    record NotFound(String id) implements ActionResult {}

    /** The button stands where this request's buttons do not. */
    record WrongMessage() implements ActionResult {}

    /** Too many decide at once. */
    record Busy() implements ActionResult {}

    /** What became of a request. */
    record Status(Request request, List<AuditRecord> audit) implements ActionResult {}
}
