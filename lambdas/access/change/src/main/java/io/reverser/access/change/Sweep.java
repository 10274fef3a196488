package io.reverser.access.change;

import io.reverser.access.request.Request;
import io.reverser.access.request.RequestTable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Looks after everything that was missed: requests that are not at their end, and access entries that should not be there
 * any more. One that fails does not keep the others waiting.
 */
class Sweep {

    private static final Logger LOG = Logger.getLogger(Sweep.class);

    private static final Duration LONG = Duration.ofMinutes(10);

    private final Progress progress;
    private final RequestTable table;
    private final EntryCheck entries;

    Sweep(Progress progress, RequestTable table, EntryCheck entries) {
        this.progress = progress;
        this.table = table;
        this.entries = entries;
    }

    /** What was found, one for each request, cluster and entry. */
    enum Finding {
        /** As it should be, or made so. */
        FINE,
        /** It did not end by itself, and was ended here: a request long after its time, an entry after its own. */
        OVERDUE,
        /** Somebody changed its tags, or no request wants it; it was removed. */
        ALTERED,
        /** It could not be looked after. */
        FAILED
    }

    List<Finding> run(Instant now) {
        var findings = new ArrayList<Finding>();
        for (var open : table.open()) {
            findings.add(attempt(open.request().id(), () -> {
                progress.advance(open.request().id(), now);
                return isOverdue(open.request(), now) ? Finding.OVERDUE : Finding.FINE;
            }));
        }
        for (String cluster : entries.clusters()) {
            findings.addAll(look(cluster, now));
        }
        return findings;
    }

    private List<Finding> look(String cluster, Instant now) {
        var findings = new ArrayList<Finding>();
        findings.add(attempt(cluster, () -> {
            entries.candidates(cluster).forEach(entry -> findings.add(attempt(entry, () -> entries.check(entry, now))));
            return Finding.FINE;
        }));
        return findings;
    }

    private static boolean isOverdue(Request request, Instant now) {
        return request instanceof Request.Granted granted
                && now.isAfter(granted.until().plus(LONG));
    }

    private static Finding attempt(Object subject, Supplier<Finding> look) {
        try {
            return look.get();
        } catch (RuntimeException failure) {
            LOG.errorf(failure, "Could not look after %s", subject);
            return Finding.FAILED;
        }
    }
}
