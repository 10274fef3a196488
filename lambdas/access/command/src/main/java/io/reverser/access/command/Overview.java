package io.reverser.access.command;

import io.reverser.access.policy.Policy;
import io.reverser.access.request.Request;
import io.reverser.access.request.RequestId;
import io.reverser.access.request.Stored;
import java.util.Comparator;
import java.util.List;

/** What people may know of requests: of their own, and of those that they may decide or end. */
class Overview {

    private final Policy policy;
    private final Ledger ledger;

    Overview(Policy policy, Ledger ledger) {
        this.policy = policy;
        this.ledger = ledger;
    }

    /** Open requests, one's own first. */
    List<Request> open(String person) {
        return ledger.open().stream()
                .map(Stored::request)
                .filter(request -> policy.mayRevoke(request.ask().wish(), person))
                .sorted(Comparator.comparing(
                        request -> !request.ask().wish().who().equals(person)))
                .toList();
    }

    /** A request with what was decided about it. */
    Reply status(RequestId id, String person) {
        return ledger.find(id)
                .map(Stored::request)
                .filter(request -> policy.mayRevoke(request.ask().wish(), person))
                .<Reply>map(request -> new Reply.Status(request, ledger.audit(id)))
                .orElseGet(() -> new Reply.NoSuchRequest(id.value()));
    }
}
