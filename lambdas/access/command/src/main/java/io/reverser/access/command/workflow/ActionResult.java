package io.reverser.access.command.workflow;

import io.reverser.access.policy.DenyReason;
import io.reverser.access.request.AuditRecord;
import io.reverser.access.request.Request;
import java.util.List;

/** The result of a user's action. */
public sealed interface ActionResult {

    /** The action is stored; this is the request's new state. */
    record Done(Request request) implements ActionResult {}

    /** The policy does not allow it. */
    record Denied(DenyReason reason) implements ActionResult {}

    /** The user already has, or has requested, access to that cluster. */
    record AlreadyActive(Request request) implements ActionResult {}

    /** The limit of automatic approvals is reached. */
    record LimitReached() implements ActionResult {}

    /** The request is in a state that does not allow the action. */
    record WrongState(Request request) implements ActionResult {}

    /** The user has already approved it. */
    record AlreadyApproved() implements ActionResult {}

    /** Another extension is still pending. */
    record ExtensionPending(Request request) implements ActionResult {}

    /** The policy no longer allows the request. */
    record NoLongerAllowed() implements ActionResult {}

    /** There is no such request, or the user may not see it. */
    record NotFound(String id) implements ActionResult {}

    /** The button is not on the request's own message. */
    record WrongMessage() implements ActionResult {}

    /** Too many concurrent changes. */
    record Busy() implements ActionResult {}

    /** A request and its audit records. */
    record Status(Request request, List<AuditRecord> audit) implements ActionResult {}
}
