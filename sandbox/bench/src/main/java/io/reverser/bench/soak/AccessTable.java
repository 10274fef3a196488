package io.reverser.bench.soak;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.access.request.Audit;
import io.reverser.access.request.Decision;
import io.reverser.access.request.Extension;
import io.reverser.access.request.Request;
import io.reverser.access.request.RequestId;
import io.reverser.access.request.RequestTable;
import io.reverser.access.request.Stored;
import io.reverser.aws.AwsApi;
import io.reverser.bench.account.GrantBook.Grant;
import io.reverser.bench.account.GrantBook.State;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what the functions of cluster access have written down. */
final class AccessTable {

    private static final String NAME = "cluster-access";

    private final AwsApi api;
    private final RequestTable table;

    AccessTable(AwsApi api, InstantSource clock) {
        this.api = api;
        this.table = new RequestTable(api, NAME, clock);
    }

    /** A request about which something is still to be done or to be said, if there is one. */
    Optional<String> unfinished() {
        return table.open().stream()
                .filter(stored -> !stored.isTold() || isUnderWay(stored.request()))
                .map(stored -> stored.request().id() + " is "
                        + stored.request().getClass().getSimpleName())
                .findFirst();
    }

    /** All requests that there ever were, oldest first. */
    List<Grant> grants() {
        return ids().stream()
                .flatMap(id -> table.find(id).stream())
                .sorted((one, other) ->
                        one.request().ask().at().compareTo(other.request().ask().at()))
                .map(this::grant)
                .toList();
    }

    private static boolean isUnderWay(Request request) {
        return switch (request) {
            case Request.Approved approved -> true;
            case Request.Granted granted ->
                granted.ending().isPresent()
                        || granted.extension()
                                .filter(more -> more.state() == Extension.State.APPROVED)
                                .isPresent();
            case Request.Pending waits -> false;
            case Request.Refused over -> false;
            case Request.Cancelled over -> false;
            case Request.Expired over -> false;
            case Request.Revoked over -> false;
            case Request.Failed over -> false;
        };
    }

    private Grant grant(Stored stored) {
        Request request = stored.request();
        String id = request.id().value();
        String who = request.ask().wish().who();
        Optional<Instant> none = Optional.empty();
        return switch (request) {
            case Request.Pending pending -> new Grant(id, who, State.WAITING, none, none);
            case Request.Approved approved -> new Grant(id, who, State.APPROVED, Optional.of(approved.until()), none);
            case Request.Granted granted -> new Grant(id, who, State.GIVEN, Optional.of(granted.until()), none);
            case Request.Refused refused -> new Grant(id, who, State.REFUSED, none, none);
            case Request.Cancelled cancelled -> new Grant(id, who, State.TAKEN_BACK, none, none);
            case Request.Expired expired ->
                expired.decision()
                        .map(decision -> new Grant(id, who, State.OVER, Optional.of(until(id, decision)), none))
                        .orElseGet(() -> new Grant(id, who, State.LAPSED, none, none));
            case Request.Revoked revoked ->
                new Grant(
                        id,
                        who,
                        State.ENDED_EARLY,
                        Optional.of(until(id, revoked.decision())),
                        Optional.of(revoked.ending().at()));
            case Request.Failed failed -> new Grant(id, who, State.FAILED, none, none);
        };
    }

    /** As decided, or as extended last. */
    private Instant until(String id, Decision decision) {
        return table.audit(new RequestId(id)).stream()
                .filter(audit ->
                        audit.action() == Audit.Action.EXTEND && audit.detail().containsKey("until"))
                .map(audit -> Instant.parse(audit.detail().get("until")))
                .reduce((before, later) -> later)
                .orElseGet(() -> decision.at().plus(decision.terms().duration()));
    }

    private List<RequestId> ids() {
        var ids = new ArrayList<RequestId>();
        ObjectNode scan = api.object().put("TableName", NAME).put("ConsistentRead", true);
        JsonNode page;
        do {
            page = api.call(AwsApi.Service.DYNAMODB, "Scan", scan);
            page.path("Items").forEach(item -> {
                if (item.at("/part/S").asText().equals("REQUEST")) {
                    ids.add(new RequestId(item.at("/id/S").asText()));
                }
            });
            scan.set("ExclusiveStartKey", page.path("LastEvaluatedKey"));
        } while (page.path("LastEvaluatedKey").isObject());
        return ids;
    }
}
