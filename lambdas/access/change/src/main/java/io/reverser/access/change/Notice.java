package io.reverser.access.change;

import io.reverser.access.request.Decision;
import io.reverser.access.request.Extension;
import io.reverser.access.request.Request;

/**
 * Who has to be called because of the state of a request.
 *
 * @param name differs whenever they have to be called again
 */
record Notice(String name, To to) {

    enum To {
        NOBODY,
        APPROVERS,
        REQUESTER,
        EVERYBODY
    }

    static Notice of(Request request) {
        return switch (request) {
            case Request.Pending pending ->
                pending.reminded() ? new Notice("reminder", To.APPROVERS) : new Notice("asked", To.NOBODY);
            case Request.Approved approved -> new Notice("asked", To.NOBODY);
            case Request.Granted granted -> granted(granted);
            case Request.Refused over -> new Notice("refused", To.REQUESTER);
            case Request.Cancelled over -> new Notice("cancelled", To.NOBODY);
            case Request.Expired over -> new Notice("expired", To.REQUESTER);
            case Request.Revoked over -> new Notice("revoked", To.REQUESTER);
            case Request.Failed over -> new Notice("failed", To.REQUESTER);
        };
    }

    private static Notice granted(Request.Granted granted) {
        if (granted.extension().isPresent()) {
            Extension more = granted.extension().get();
            return switch (more.state()) {
                case OPEN -> new Notice("extension-" + more.asked(), To.APPROVERS);
                case APPROVED -> new Notice("extension-" + more.asked(), To.NOBODY);
                case REFUSED -> new Notice("extension-refused-" + more.asked(), To.REQUESTER);
            };
        }
        if (granted.reminded()) {
            return new Notice("ends-" + granted.until(), To.REQUESTER);
        }
        boolean emergency = granted.decision().way() == Decision.Way.BREAK_GLASS;
        return new Notice("granted-" + granted.until(), emergency ? To.EVERYBODY : To.REQUESTER);
    }
}
