package io.reverser.access.granter;

import io.reverser.access.granter.AccessSweeper.Finding;
import io.reverser.access.granter.entry.EksAccessEntries;
import io.reverser.access.granter.entry.EntryTags;
import io.reverser.access.granter.entry.EntryTags.EntryRef;
import io.reverser.access.granter.entry.TagSigningKey;
import io.reverser.access.policy.Policy;
import io.reverser.access.request.AuditRecord;
import io.reverser.access.request.AuditRecord.Action;
import io.reverser.access.request.AuditRecord.AuditOutcome;
import io.reverser.access.request.Request;
import io.reverser.access.request.RequestId;
import io.reverser.access.request.RequestTable;
import io.reverser.access.request.RequestWrite;
import io.reverser.access.request.VersionedRequest;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Verifies access entries: the MAC over their tags, their expiry, and that an active request exists for each. */
class EntryVerifier {

    private final EksAccessEntries accessEntries;
    private final RequestTable table;
    private final Policy policy;
    private final TagSigningKey signingKey;

    EntryVerifier(EksAccessEntries accessEntries, RequestTable table, Policy policy, TagSigningKey signingKey) {
        this.accessEntries = accessEntries;
        this.table = table;
        this.policy = policy;
        this.signingKey = signingKey;
    }

    /** The names of the clusters in the access policy. */
    Set<String> clusters() {
        return policy.clusters().keySet();
    }

    /**
     * All access entries with an EKS access policy that this platform grants; most of these entries were not created by
     * the platform.
     */
    Set<EntryRef> listCandidates(String cluster) {
        var entries = new LinkedHashSet<EntryRef>();
        if (accessEntries.unavailableReason(cluster).isEmpty()) {
            policy.policyArns().forEach(arn -> entries.addAll(accessEntries.listEntries(cluster, arn)));
        }
        return entries;
    }

    Finding verify(EntryRef entry, Instant now) {
        Optional<Map<String, String>> tags = accessEntries.fetchTags(entry).filter(EntryTags::isManaged);
        if (tags.isEmpty()) {
            return Finding.OK;
        }
        Optional<EntryTags> verified = EntryTags.parseVerified(entry, tags.get(), signingKey.load());
        if (verified.isEmpty()) {
            revoke(entry, EntryTags.parseRequestId(tags.get()), "the tags of its access entry were changed", now);
            return Finding.TAMPERED;
        }
        Instant expiresAt = verified.get().expiresAt();
        if (!now.isBefore(expiresAt)) {
            revoke(entry, Optional.of(verified.get().requestId()), "it had expired", now);
            return Finding.OVERDUE;
        }
        if (!hasActiveRequest(verified.get().requestId())) {
            revoke(entry, Optional.of(verified.get().requestId()), "it belongs to no active request", now);
            return Finding.TAMPERED;
        }
        return Finding.OK;
    }

    private boolean hasActiveRequest(RequestId requestId) {
        return table.find(requestId)
                .map(VersionedRequest::request)
                .filter(stored -> stored instanceof Request.Approved || stored instanceof Request.Granted)
                .isPresent();
    }

    /**
     * Deletes an access entry, and retries the write to the request table until the deletion is recorded: an extension
     * that is requested at the same moment may conflict with the write, and no later sweep would find the deleted
     * entry. The table's stream then triggers the reconciliation of the request.
     */
    private void revoke(EntryRef entry, Optional<RequestId> requestId, String reason, Instant now) {
        accessEntries.delete(entry);
        RequestWrite.WriteOutcome outcome;
        do {
            outcome = table.write(revocationWrite(entry, requestId, reason, now));
        } while (outcome == RequestWrite.WriteOutcome.VERSION_CONFLICT);
    }

    /**
     * The write that records the deletion: the next state of the request, and an audit record. For a grant past its
     * expiry the audit record is enough, because the reconciler ends the grant.
     */
    private RequestWrite revocationWrite(EntryRef entry, Optional<RequestId> requestId, String reason, Instant now) {
        String subject = requestId.map(RequestId::value).orElse(entry.principalArn());
        AuditRecord auditRecord = new AuditRecord(
                        now,
                        subject,
                        Request.Revocation.PLATFORM,
                        Action.END_ACCESS,
                        AuditOutcome.DONE,
                        new TreeMap<>())
                .withDetails(Map.of("cluster", entry.cluster(), "principal", entry.principalArn(), "reason", reason));
        return requestId
                .flatMap(table::find)
                .filter(stored -> stored.request() instanceof Request.Granted granted
                        && granted.revocation().isEmpty()
                        && now.isBefore(granted.expiresAt()))
                .map(stored -> RequestWrite.update(
                        stored,
                        ((Request.Granted) stored.request())
                                .requestRevocation(new Request.Revocation(Request.Revocation.PLATFORM, reason, now))))
                .map(end -> end.withAudit(auditRecord))
                .orElseGet(() -> RequestWrite.auditOnly(auditRecord));
    }
}
