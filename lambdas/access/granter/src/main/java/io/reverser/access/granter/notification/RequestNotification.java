package io.reverser.access.granter.notification;

import io.reverser.access.request.ApprovalRecord;
import io.reverser.access.request.Extension;
import io.reverser.access.request.Request;

/**
 * Which people must be notified of the current state of a request.
 *
 * @param key identifies the notification; changes whenever people must be notified again
 */
record RequestNotification(String key, Recipients recipients) {

    enum Recipients {
        NONE,
        APPROVERS,
        REQUESTER,
        REQUESTER_AND_APPROVERS
    }

    static RequestNotification of(Request request) {
        return switch (request) {
            case Request.Pending pending ->
                pending.reminded()
                        ? new RequestNotification("reminder", Recipients.APPROVERS)
                        : new RequestNotification("requested", Recipients.NONE);
            case Request.Approved approved -> new RequestNotification("requested", Recipients.NONE);
            case Request.Granted granted -> ofGranted(granted);
            case Request.Rejected over -> new RequestNotification("rejected", Recipients.REQUESTER);
            case Request.Cancelled over -> new RequestNotification("cancelled", Recipients.NONE);
            case Request.Expired over -> new RequestNotification("expired", Recipients.REQUESTER);
            case Request.Revoked over -> new RequestNotification("revoked", Recipients.REQUESTER);
            case Request.Failed over -> new RequestNotification("failed", Recipients.REQUESTER);
        };
    }

    private static RequestNotification ofGranted(Request.Granted granted) {
        if (granted.extension().isPresent()) {
            Extension extension = granted.extension().get();
            return switch (extension.state()) {
                case PENDING -> new RequestNotification("extension-" + extension.requestedAt(), Recipients.APPROVERS);
                case APPROVED -> new RequestNotification("extension-" + extension.requestedAt(), Recipients.NONE);
                case REJECTED ->
                    new RequestNotification("extension-rejected-" + extension.requestedAt(), Recipients.REQUESTER);
            };
        }
        if (granted.reminded()) {
            return new RequestNotification("expires-" + granted.expiresAt(), Recipients.REQUESTER);
        }
        boolean emergency = granted.approvalRecord().mode() == ApprovalRecord.ApprovalMode.BREAK_GLASS;
        return new RequestNotification(
                "granted-" + granted.expiresAt(),
                emergency ? Recipients.REQUESTER_AND_APPROVERS : Recipients.REQUESTER);
    }
}
