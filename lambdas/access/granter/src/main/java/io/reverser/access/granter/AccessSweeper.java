package io.reverser.access.granter;

import io.reverser.access.request.Request;
import io.reverser.access.request.RequestTable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * The periodic sweep: reconciles all open requests, and deletes access entries that have expired or were tampered with.
 * A failure of one check does not stop the others.
 */
class AccessSweeper {

    private static final Logger LOG = Logger.getLogger(AccessSweeper.class);

    private static final Duration OVERDUE_AFTER = Duration.ofMinutes(10);

    private final RequestReconciler reconciler;
    private final RequestTable table;
    private final EntryVerifier verifier;

    AccessSweeper(RequestReconciler reconciler, RequestTable table, EntryVerifier verifier) {
        this.reconciler = reconciler;
        this.table = table;
        this.verifier = verifier;
    }

    /** The result of the sweep for one request, cluster or access entry. */
    enum Finding {
        /** The state was correct, or the sweep corrected it without having found overdue access. */
        OK,
        /**
         * Access that had expired still existed, because neither the schedule nor an earlier sweep had ended it; this
         * sweep ended it.
         */
        OVERDUE,
        /**
         * The tags of an access entry were changed, or the entry belongs to no active request; the sweep deleted the
         * entry.
         */
        TAMPERED,
        /** A call failed during the check; the next sweep repeats the check. */
        CHECK_FAILED
    }

    List<Finding> sweep(Instant now) {
        var findings = new ArrayList<Finding>();
        for (var open : table.listOpen()) {
            findings.add(attempt(open.request().id(), () -> {
                reconciler.reconcile(open.request().id(), now);
                return isOverdue(open.request(), now) ? Finding.OVERDUE : Finding.OK;
            }));
        }
        for (String cluster : verifier.clusters()) {
            findings.addAll(checkCluster(cluster, now));
        }
        return findings;
    }

    private List<Finding> checkCluster(String cluster, Instant now) {
        var findings = new ArrayList<Finding>();
        findings.add(attempt(cluster, () -> {
            verifier.listCandidates(cluster)
                    .forEach(entry -> findings.add(attempt(entry, () -> verifier.verify(entry, now))));
            return Finding.OK;
        }));
        return findings;
    }

    private static boolean isOverdue(Request request, Instant now) {
        return request instanceof Request.Granted granted
                && now.isAfter(granted.expiresAt().plus(OVERDUE_AFTER));
    }

    private static Finding attempt(Object subject, Supplier<Finding> check) {
        try {
            return check.get();
        } catch (RuntimeException failure) {
            LOG.errorf(failure, "%s could not be checked; the next sweep checks it again", subject);
            return Finding.CHECK_FAILED;
        }
    }
}
