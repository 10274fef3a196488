package io.reverser.access.change;

import io.reverser.access.change.EntryTags.Entry;
import io.reverser.access.policy.Terms;
import io.reverser.access.request.Approval;
import io.reverser.access.request.Decision;
import io.reverser.access.request.Request;
import io.reverser.access.request.Request.Approved;
import io.reverser.access.request.Request.Granted;
import io.reverser.access.request.RequestId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.eks.model.AccessDeniedException;
import software.amazon.awssdk.services.eks.model.EksException;
import software.amazon.awssdk.services.eks.model.InvalidParameterException;
import software.amazon.awssdk.services.eks.model.InvalidRequestException;
import software.amazon.awssdk.services.eks.model.ResourceLimitExceededException;

/**
 * Gives access and takes it away again, in an order that can be cut off anywhere: the end is armed before the access
 * exists, and whatever is repeated finds what was done before.
 */
class Grants {

    private final ClusterAccess clusters;
    private final Expiry expiry;
    private final MacKey key;

    Grants(ClusterAccess clusters, Expiry expiry, MacKey key) {
        this.clusters = clusters;
        this.expiry = expiry;
        this.key = key;
    }

    /**
     * Gives what was approved.
     *
     * @return why it is impossible, in words, and then {@link #undo} has to follow; empty when the access exists
     */
    Optional<String> give(Approved approved) {
        Terms terms = approved.decision().terms();
        Optional<String> obstacle = clusters.obstacle(terms.cluster());
        if (obstacle.isPresent()) {
            return obstacle;
        }
        expiry.arm(approved.id(), approved.until());
        try {
            EntryTags tags = tags(approved, approved.decision(), approved.until());
            if (!clusters.create(tags.entry(), tags.signed(key.current()))) {
                Optional<String> stranger = stranger(tags.entry(), approved.id());
                if (stranger.isPresent()) {
                    return stranger;
                }
            }
            clusters.associate(terms);
            return Optional.empty();
        } catch (InvalidParameterException
                | InvalidRequestException
                | ResourceLimitExceededException
                | AccessDeniedException refused) {
            return Optional.of("EKS refused: " + words(refused));
        }
    }

    /** Takes back what was begun for an approved request, if it could be begun. */
    void undo(Approved approved) {
        Entry entry = entry(approved.decision().terms());
        if (clusters.obstacle(entry.cluster()).isEmpty()) {
            take(entry, approved.id());
        } else {
            expiry.disarm(approved.id());
        }
    }

    /** Moves the end: first what counts, then the alarm clock. */
    boolean extend(Granted granted, Instant until) {
        Entry entry = entry(granted.decision().terms());
        if (!isOf(entry, granted.id())) {
            return false;
        }
        clusters.tag(entry, tags(granted, granted.decision(), until).signed(key.current()));
        expiry.arm(granted.id(), until);
        return true;
    }

    /** Ends a grant. */
    Ended end(Granted granted) {
        return take(entry(granted.decision().terms()), granted.id());
    }

    /** What was found when access was to be ended. */
    enum Ended {
        /** It existed and is gone. */
        TAKEN,
        /** It was gone already. */
        GONE,
        /** There is an access entry that this request did not make, or that somebody changed; it was left alone. */
        NOT_OURS
    }

    private Ended take(Entry entry, RequestId request) {
        Optional<Map<String, String>> tags = clusters.tags(entry);
        boolean ours = tags.filter(found -> isOf(found, request)).isPresent();
        if (ours) {
            clusters.delete(entry);
        }
        expiry.disarm(request);
        return ours ? Ended.TAKEN : tags.isEmpty() ? Ended.GONE : Ended.NOT_OURS;
    }

    private Optional<String> stranger(Entry entry, RequestId request) {
        return clusters.tags(entry)
                .filter(tags -> !isOf(tags, request))
                .map(tags -> EntryTags.read(entry, tags, key.current())
                        .map(other -> "the request " + other.request() + " already gives " + entry.principalArn()
                                + " access to " + entry.cluster())
                        .orElse(entry.principalArn() + " has an access entry in " + entry.cluster()
                                + " that was not made here; it is left as it is"));
    }

    private boolean isOf(Entry entry, RequestId request) {
        return clusters.tags(entry).filter(tags -> isOf(tags, request)).isPresent();
    }

    /** By its tags, even if somebody changed the others: whose it is decides, not until when. */
    private static boolean isOf(Map<String, String> tags, RequestId request) {
        return EntryTags.areManaged(tags) && EntryTags.request(tags).equals(Optional.of(request));
    }

    private static Entry entry(Terms terms) {
        return new Entry(terms.cluster(), terms.principalArn());
    }

    private static EntryTags tags(Request request, Decision decision, Instant until) {
        List<String> approvers = decision.approvals().isEmpty()
                ? List.of(decision.way().name())
                : decision.approvals().stream().map(Approval::by).toList();
        return new EntryTags(
                entry(decision.terms()), request.id(), request.ask().wish().who(), approvers, until);
    }

    private static String words(EksException refused) {
        return refused.awsErrorDetails().errorMessage();
    }
}
