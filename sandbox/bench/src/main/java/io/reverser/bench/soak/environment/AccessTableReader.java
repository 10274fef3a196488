package io.reverser.bench.soak.environment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.access.request.ApprovalRecord;
import io.reverser.access.request.AuditRecord;
import io.reverser.access.request.Extension;
import io.reverser.access.request.Request;
import io.reverser.access.request.RequestId;
import io.reverser.access.request.RequestTable;
import io.reverser.access.request.VersionedRequest;
import io.reverser.awsjsonclient.AwsJsonClient;
import io.reverser.bench.reconciliation.GrantReconciliation.Grant;
import io.reverser.bench.reconciliation.GrantReconciliation.State;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the request table of the access functions. */
public final class AccessTableReader {

    private static final String TABLE_NAME = "cluster-access";

    private final AwsJsonClient api;
    private final RequestTable table;

    public AccessTableReader(AwsJsonClient api, InstantSource clock) {
        this.api = api;
        this.table = new RequestTable(api, TABLE_NAME, clock);
    }

    /** Finds a request with unfinished work or an unsent message. */
    public Optional<String> findUnfinished() {
        return table.listOpen().stream()
                .filter(stored -> !stored.isPublished() || isInProgress(stored.request()))
                .map(stored -> stored.request().id() + " is "
                        + stored.request().getClass().getSimpleName())
                .findFirst();
    }

    /** All access requests in the table, oldest first. */
    public List<Grant> readGrants() {
        return scanRequestIds().stream()
                .flatMap(id -> table.find(id).stream())
                .sorted((one, other) -> one.request()
                        .details()
                        .requestedAt()
                        .compareTo(other.request().details().requestedAt()))
                .map(this::toGrant)
                .toList();
    }

    private static boolean isInProgress(Request request) {
        return switch (request) {
            case Request.Approved approved -> true;
            case Request.Granted granted ->
                granted.revocation().isPresent()
                        || granted.extension()
                                .filter(extension -> extension.state() == Extension.State.APPROVED)
                                .isPresent();
            case Request.Pending waits -> false;
            case Request.Rejected over -> false;
            case Request.Cancelled over -> false;
            case Request.Expired over -> false;
            case Request.Revoked over -> false;
            case Request.Failed over -> false;
        };
    }

    private Grant toGrant(VersionedRequest stored) {
        Request request = stored.request();
        String id = request.id().value();
        String who = request.details().access().requester();
        Optional<Instant> none = Optional.empty();
        return switch (request) {
            case Request.Pending pending -> new Grant(id, who, State.PENDING, none, none);
            case Request.Approved approved ->
                new Grant(id, who, State.APPROVED, Optional.of(approved.expiresAt()), none);
            case Request.Granted granted -> new Grant(id, who, State.GRANTED, Optional.of(granted.expiresAt()), none);
            case Request.Rejected rejected -> new Grant(id, who, State.REJECTED, none, none);
            case Request.Cancelled cancelled -> new Grant(id, who, State.CANCELLED, none, none);
            case Request.Expired expired ->
                expired.approvalRecord()
                        .map(approvalRecord -> new Grant(
                                id, who, State.GRANT_EXPIRED, Optional.of(readExpiry(id, approvalRecord)), none))
                        .orElseGet(() -> new Grant(id, who, State.REQUEST_EXPIRED, none, none));
            case Request.Revoked revoked ->
                new Grant(
                        id,
                        who,
                        State.REVOKED,
                        Optional.of(readExpiry(id, revoked.approvalRecord())),
                        Optional.of(revoked.revocation().at()));
            case Request.Failed failed -> new Grant(id, who, State.FAILED, none, none);
        };
    }

    /** The expiry of the latest extension, or of the approval if the access was not extended. */
    private Instant readExpiry(String id, ApprovalRecord approvalRecord) {
        return table.listAuditRecords(new RequestId(id)).stream()
                .filter(auditRecord -> auditRecord.action() == AuditRecord.Action.EXTEND
                        && auditRecord.details().containsKey("expiresAt"))
                .map(auditRecord -> Instant.parse(auditRecord.details().get("expiresAt")))
                .reduce((before, later) -> later)
                .orElseGet(() -> approvalRecord.at().plus(approvalRecord.terms().duration()));
    }

    private List<RequestId> scanRequestIds() {
        var ids = new ArrayList<RequestId>();
        ObjectNode scan = api.newObject().put("TableName", TABLE_NAME).put("ConsistentRead", true);
        JsonNode page;
        do {
            page = api.call(AwsJsonClient.Service.DYNAMODB, "Scan", scan);
            page.path("Items").forEach(item -> {
                if (item.at("/sk/S").asText().equals("REQUEST")) {
                    ids.add(new RequestId(item.at("/id/S").asText()));
                }
            });
            scan.set("ExclusiveStartKey", page.path("LastEvaluatedKey"));
        } while (page.path("LastEvaluatedKey").isObject());
        return ids;
    }
}
