package io.reverser.access.command.workflow;

import io.reverser.access.policy.Policy;
import io.reverser.access.request.Request;
import io.reverser.access.request.RequestId;
import io.reverser.access.request.VersionedRequest;
import java.util.Comparator;
import java.util.List;

/** The requests that a user may see: the user's own, and those that the user may approve, reject or revoke. */
public class RequestQueries {

    private final Policy policy;
    private final RequestRepository repository;

    public RequestQueries(Policy policy, RequestRepository repository) {
        this.policy = policy;
        this.repository = repository;
    }

    /** Lists the open requests that the user may see, the user's own first. */
    public List<Request> listOpen(String person) {
        return repository.listOpen().stream()
                .map(VersionedRequest::request)
                .filter(request -> policy.mayRevoke(request.details().access(), person))
                .sorted(Comparator.comparing(
                        request -> !request.details().access().requester().equals(person)))
                .toList();
    }

    /** A request and its audit records, if the user may see the request. */
    public ActionResult status(RequestId id, String person) {
        return repository
                .find(id)
                .map(VersionedRequest::request)
                .filter(request -> policy.mayRevoke(request.details().access(), person))
                .<ActionResult>map(request -> new ActionResult.Status(request, repository.listAuditRecords(id)))
                .orElseGet(() -> new ActionResult.NotFound(id.value()));
    }
}
