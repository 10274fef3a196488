package io.reverser.bench.reconciliation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Compares every request for access with all access entries that ever existed, and with the messages in Slack.
 *
 * @param submitted IDs of the requests that the app confirmed to users, with the time of the confirmation
 * @param grants all requests in the request table at the end
 * @param entries all access entries that the platform created
 * @param sweeps all runs of the sweep, oldest first
 */
public record GrantReconciliation(
        Map<String, DualTimestamp> submitted,
        List<Grant> grants,
        List<EntryLifetime> entries,
        List<Sweep> sweeps,
        SlackMessages slackMessages) {

    /** The final state of a request. */
    public enum State {
        PENDING(""),
        APPROVED(""),
        GRANTED("Granted"),
        GRANT_EXPIRED("Expired."),
        REVOKED("Revoked"),
        REJECTED("Rejected"),
        CANCELLED("Cancelled"),
        REQUEST_EXPIRED("Request expired"),
        FAILED("Could not be granted");

        private final String slackText;

        State(String slackText) {
            this.slackText = slackText;
        }

        /** Whether a request in this state must have had an access entry. */
        boolean hadAccess() {
            return this == GRANTED || this == GRANT_EXPIRED || this == REVOKED;
        }
    }

    /**
     * A request for access.
     *
     * @param expiresAt when the requested access expires, extensions included; empty when the request was not approved
     * @param revokedAt when the access was revoked; empty when it was not
     */
    public record Grant(
            String id, String requester, State state, Optional<Instant> expiresAt, Optional<Instant> revokedAt) {}

    /**
     * An access entry, with the request's ID and the expiry from its tags; {@code deleted} is empty while the entry
     * exists.
     */
    public record EntryLifetime(String request, Instant created, Optional<Instant> deleted, Instant expiresAt) {}

    /**
     * A run of the sweep, which revokes expired access.
     *
     * @param isUndisturbed whether the sweep succeeded and no fault was active while it ran
     */
    public record Sweep(Instant startedAt, Instant finishedAt, boolean isUndisturbed) {}

    /**
     * The Slack messages about access.
     *
     * @param channelMessages all messages about a request, by the request's ID
     * @param directMessageCounts the number of direct messages about each final state, by {@code userId state}
     */
    public record SlackMessages(Map<String, List<String>> channelMessages, Map<String, Long> directMessageCounts) {}

    /**
     * The end of a user's access: when the end was due, because the access expired or was revoked, and when the access
     * entry was deleted.
     */
    public record Ending(Instant dueAt, Instant endedAt) {

        /** How long access lasted after it should have ended. */
        public Duration delay() {
            return Duration.between(dueAt, endedAt);
        }
    }

    /** The ends of all access whose access entry was deleted. */
    public List<Ending> endings() {
        return grants.stream()
                .filter(grant -> grant.state().hadAccess())
                .flatMap(grant -> entriesOf(grant.id())
                        .flatMap(entry -> entry.deleted().map(at -> new Ending(dueAt(grant, entry), at)).stream()))
                .toList();
    }

    /** All discrepancies between requests, access entries and Slack. */
    public List<Discrepancy> discrepancies(ClockOffsets clockOffsets) {
        var discrepancies = new ArrayList<Discrepancy>();
        submitted.forEach((id, timestamp) -> {
            if (grants.stream().noneMatch(grant -> grant.id().equals(id))) {
                discrepancies.add(new Discrepancy(
                        "Request lost: %s was confirmed, but is not in the table".formatted(id), timestamp));
            }
        });
        for (Grant grant : grants) {
            DualTimestamp about = clockOffsets.fromSimulated(entriesOf(grant.id())
                    .map(EntryLifetime::created)
                    .min(Comparator.naturalOrder())
                    .or(grant::expiresAt)
                    .orElseGet(() -> submitted
                            .getOrDefault(grant.id(), new DualTimestamp(Instant.EPOCH, Instant.EPOCH))
                            .simulated()));
            problems(grant)
                    .forEach(problem ->
                            discrepancies.add(new Discrepancy("%s: %s".formatted(grant.id(), problem), about)));
        }
        entries.stream()
                .filter(entry -> grants.stream().noneMatch(grant -> grant.id().equals(entry.request())))
                .forEach(entry -> discrepancies.add(new Discrepancy(
                        "Access without a request: an entry names %s".formatted(entry.request()),
                        clockOffsets.fromSimulated(entry.created()))));
        discrepancies.addAll(missingNotifications(clockOffsets));
        return discrepancies;
    }

    private List<String> problems(Grant grant) {
        var problems = new ArrayList<String>();
        List<EntryLifetime> own = entriesOf(grant.id()).toList();
        if (grant.state() == State.APPROVED || grant.state() == State.FAILED) {
            problems.add("grant lost: approved, but not granted");
        } else if (grant.state().hadAccess() && own.isEmpty()) {
            problems.add("grant lost: there never was an access entry");
        } else if (!grant.state().hadAccess() && !own.isEmpty()) {
            problems.add("access without approval: the request is " + grant.state());
        } else if (own.size() > 1) {
            problems.add("granted %d times".formatted(own.size()));
        }
        if (grant.state().hadAccess()) {
            own.forEach(entry -> checkTiming(grant, entry).ifPresent(problems::add));
        }
        boolean isShown = slackMessages.channelMessages().getOrDefault(grant.id(), List.of()).stream()
                .anyMatch(message -> message.contains(grant.state().slackText));
        if (!isShown) {
            problems.add("Slack does not show the state " + grant.state());
        }
        return problems;
    }

    private Optional<String> checkTiming(Grant grant, EntryLifetime entry) {
        Instant end = dueAt(grant, entry);
        if (grant.expiresAt().filter(entry.expiresAt()::equals).isEmpty()) {
            return Optional.of("the entry expires at %s, but the request at %s"
                    .formatted(
                            entry.expiresAt(),
                            grant.expiresAt().map(Instant::toString).orElse("never")));
        }
        if (entry.deleted().isEmpty()) {
            return grant.state() == State.GRANTED
                    ? Optional.empty()
                    : Optional.of("the access entry still exists, although access has ended");
        }
        Instant deleted = entry.deleted().get();
        if (deleted.isBefore(end)) {
            return Optional.of("access ended %s early".formatted(Duration.between(deleted, end)));
        }
        return sweeps.stream()
                .filter(sweep -> sweep.isUndisturbed() && !sweep.startedAt().isBefore(end))
                .findFirst()
                .map(Sweep::finishedAt)
                .filter(deleted::isAfter)
                .map(limit -> "access outlasted its end by %s and still existed after a sweep"
                        .formatted(Duration.between(end, deleted)));
    }

    private static Instant dueAt(Grant grant, EntryLifetime entry) {
        return grant.revokedAt().orElse(entry.expiresAt());
    }

    /** Finds users who got fewer direct messages than they had rejections, revocations and expiries. */
    private List<Discrepancy> missingNotifications(ClockOffsets clockOffsets) {
        var discrepancies = new ArrayList<Discrepancy>();
        for (State state : List.of(State.GRANT_EXPIRED, State.REVOKED, State.REJECTED)) {
            grants.stream()
                    .filter(grant -> grant.state() == state)
                    .map(Grant::requester)
                    .distinct()
                    .forEach(who -> {
                        List<Grant> own = grants.stream()
                                .filter(grant -> grant.state() == state
                                        && grant.requester().equals(who))
                                .toList();
                        long notified = slackMessages.directMessageCounts().getOrDefault(who + " " + state, 0L);
                        if (notified < own.size()) {
                            Instant last = own.getLast().expiresAt().orElse(Instant.EPOCH);
                            discrepancies.add(new Discrepancy(
                                    "%s got %d direct messages instead of %d about %s"
                                            .formatted(who, notified, own.size(), state),
                                    clockOffsets.fromSimulated(last)));
                        }
                    });
        }
        return discrepancies;
    }

    private Stream<EntryLifetime> entriesOf(String id) {
        return entries.stream().filter(entry -> entry.request().equals(id));
    }
}
