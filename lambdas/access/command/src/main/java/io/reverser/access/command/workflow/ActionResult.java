package io.reverser.access.command.workflow;

import io.reverser.access.policy.DenyReason;
import io.reverser.access.request.AuditRecord;
import io.reverser.access.request.Request;
import java.util.List;

/** The result of a user's action on a request. */
public sealed interface ActionResult {

    /** The action was stored; {@code request} is the new state of the request. */
    record Done(Request request) implements ActionResult {}

    /** The policy does not allow the action. */
    record Denied(DenyReason reason) implements ActionResult {}

    /** The user already has access to the same cluster, or has already requested it. */
    record AlreadyActive(Request request) implements ActionResult {}

    /** The user has reached the limit of automatic approvals. */
    record LimitReached() implements ActionResult {}

    /** The request is in a state that does not allow the action. */
    record WrongState(Request request) implements ActionResult {}

    /** The user has already approved the request. */
    record AlreadyApproved() implements ActionResult {}

    /** Another extension of the same access is still pending. */
    record ExtensionPending(Request request) implements ActionResult {}

    /** The request can no longer be approved, because the policy has changed and no longer allows it. */
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
