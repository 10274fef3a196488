package io.reverser.access.command.workflow;

import io.reverser.access.policy.DenyReason;
import io.reverser.access.request.AuditRecord;
import io.reverser.access.request.Request;
import java.util.List;

/** The result of a user's action. */
public sealed interface ActionResult {

    /** The action is stored; this is the request's new state. */
    record Done(Request request) implements ActionResult {}

    /** The policy does not allow the action. */
    record Denied(DenyReason reason) implements ActionResult {}

    /** The user already has, or has requested, access to that cluster. */
    record AlreadyActive(Request request) implements ActionResult {}

    /** The user has reached the limit of automatic approvals. */
    record LimitReached() implements ActionResult {}

    /** The request is in a state that does not allow the action. */
    record WrongState(Request request) implements ActionResult {}

    /** The user has already approved the request. */
    record AlreadyApproved() implements ActionResult {}

    /** Another extension of the same access is still pending. */
    record ExtensionPending(Request request) implements ActionResult {}

    /** The policy no longer allows the request. */
    record NoLongerAllowed() implements ActionResult {}

    /** There is no such request, or the user may not see it. */
    record NotFound(String id) implements ActionResult {}

    /** The clicked button is on a message other than the request's message. */
    record WrongMessage() implements ActionResult {}

    /** The action was not stored, because too many other changes to the request happened at the same time. */
    record Busy() implements ActionResult {}

    /** A request and its audit records. */
    record Status(Request request, List<AuditRecord> audit) implements ActionResult {}
}
