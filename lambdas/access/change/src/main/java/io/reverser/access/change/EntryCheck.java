package io.reverser.access.change;

import io.reverser.access.change.EntryTags.Entry;
import io.reverser.access.change.Sweep.Finding;
import io.reverser.access.policy.Policy;
import io.reverser.access.request.Audit;
import io.reverser.access.request.Audit.Action;
import io.reverser.access.request.Audit.Outcome;
import io.reverser.access.request.Change;
import io.reverser.access.request.Request;
import io.reverser.access.request.RequestId;
import io.reverser.access.request.RequestTable;
import io.reverser.access.request.Stored;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Holds access entries against their own tags and against the requests that they come from. */
class EntryCheck {

    private final ClusterAccess clusters;
    private final RequestTable table;
    private final Policy policy;
    private final MacKey key;

    EntryCheck(ClusterAccess clusters, RequestTable table, Policy policy, MacKey key) {
        this.clusters = clusters;
        this.table = table;
        this.policy = policy;
        this.key = key;
    }

    /** The clusters that the policy knows. */
    Set<String> clusters() {
        return policy.clusters().keySet();
    }

    /** All entries that have an access policy which this platform gives; most of them are not its own. */
    Set<Entry> candidates(String cluster) {
        var entries = new LinkedHashSet<Entry>();
        if (clusters.obstacle(cluster).isEmpty()) {
            policy.policyArns().forEach(arn -> entries.addAll(clusters.holders(cluster, arn)));
        }
        return entries;
    }

    Finding check(Entry entry, Instant now) {
        Optional<Map<String, String>> tags = clusters.tags(entry).filter(EntryTags::areManaged);
        if (tags.isEmpty()) {
            return Finding.FINE;
        }
        Optional<EntryTags> genuine = EntryTags.read(entry, tags.get(), key.current());
        if (genuine.isEmpty()) {
            remove(entry, EntryTags.request(tags.get()), "somebody changed the tags of its access entry", now);
            return Finding.ALTERED;
        }
        Instant end = genuine.get().expiresAt();
        if (!now.isBefore(end)) {
            remove(entry, Optional.of(genuine.get().request()), "its time was over", now);
            return Finding.OVERDUE;
        }
        if (!isWanted(genuine.get().request())) {
            remove(entry, Optional.of(genuine.get().request()), "no request wants it", now);
            return Finding.ALTERED;
        }
        return Finding.FINE;
    }

    private boolean isWanted(RequestId request) {
        return table.find(request)
                .map(Stored::request)
                .filter(stored -> stored instanceof Request.Approved || stored instanceof Request.Granted)
                .isPresent();
    }

    /**
     * Until it is recorded: somebody may be asking for more time at the same moment, and nothing would find the entry again.
     * What follows for the request follows by the table's stream.
     */
    private void remove(Entry entry, Optional<RequestId> request, String why, Instant now) {
        clusters.delete(entry);
        Change.Outcome outcome;
        do {
            outcome = table.write(removal(entry, request, why, now));
        } while (outcome == Change.Outcome.OVERTAKEN);
    }

    /** A request whose time is over ends by itself. */
    private Change removal(Entry entry, Optional<RequestId> request, String why, Instant now) {
        String subject = request.map(RequestId::value).orElse(entry.principalArn());
        Audit audit = new Audit(now, subject, Request.Ending.PLATFORM, Action.END, Outcome.DONE, new TreeMap<>())
                .with(Map.of("cluster", entry.cluster(), "principal", entry.principalArn(), "why", why));
        return request.flatMap(table::find)
                .filter(stored -> stored.request() instanceof Request.Granted granted
                        && granted.ending().isEmpty()
                        && now.isBefore(granted.until()))
                .map(stored -> Change.of(
                        stored,
                        ((Request.Granted) stored.request())
                                .end(new Request.Ending(Request.Ending.PLATFORM, why, now))))
                .map(end -> end.audited(audit))
                .orElseGet(() -> Change.only(audit));
    }
}
