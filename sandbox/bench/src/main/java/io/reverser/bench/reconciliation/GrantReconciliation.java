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
 * Every request for access against the access entries that there ever were, and against Slack.
 *
 * @param submitted names of requests that people were told of
 * @param grants all requests in the table, at the end
 * @param entries all access entries that were made by the platform
 * @param sweeps oldest first
 */
public record GrantReconciliation(
        Map<String, DualTimestamp> submitted,
        List<Grant> grants,
        List<EntryLifetime> entries,
        List<Sweep> sweeps,
        SlackMessages slackMessages) {

    /** What became of a request. */
    public enum State {
        PENDING(""),
        APPROVED(""),
        GRANTED("Granted"),
        GRANT_EXPIRED("Over."),
        REVOKED("Ended early"),
        REJECTED("Refused"),
        CANCELLED("Taken back"),
        REQUEST_EXPIRED("Lapsed"),
        FAILED("Not given");

        private final String slackText;

        State(String words) {
            this.slackText = words;
        }

        /** Whether there has to have been access. */
        boolean hadAccess() {
            return this == GRANTED || this == GRANT_EXPIRED || this == REVOKED;
        }
    }

    /**
     * A request.
     *
     * @param expiresAt when its access was to end, extensions included; empty when the access was not approved
     * @param revokedAt when the access was revoked
     */
    public record Grant(
            String id, String requester, State state, Optional<Instant> expiresAt, Optional<Instant> revokedAt) {}

    /** An access entry, with the request and the end that its tags name. */
    public record EntryLifetime(String request, Instant created, Optional<Instant> deleted, Instant expiresAt) {}

    /**
     * A sweep.
     *
     * @param isUndisturbed nothing was made to fail meanwhile, and it answered
     */
    public record Sweep(Instant startedAt, Instant finishedAt, boolean isUndisturbed) {}

    /**
     * What is in Slack.
     *
     * @param channelMessages every message about a request, by the request's ID
     * @param directMessageCounts how many direct messages told a user of each final state, by {@code userId state}
     */
    public record SlackMessages(Map<String, List<String>> channelMessages, Map<String, Long> directMessageCounts) {}

    /** When access was to end, and when it did. */
    public record Ending(Instant dueAt, Instant endedAt) {

        /** How long it existed past its end. */
        public Duration delay() {
            return Duration.between(dueAt, endedAt);
        }
    }

    /** All that ended. */
    public List<Ending> endings() {
        return grants.stream()
                .filter(grant -> grant.state().hadAccess())
                .flatMap(grant -> entriesOf(grant.id())
                        .flatMap(entry -> entry.deleted().map(at -> new Ending(dueAt(grant, entry), at)).stream()))
                .toList();
    }

    /** Everything that is wrong. */
    public List<Discrepancy> discrepancies(ClockOffsets clockOffsets) {
        var discrepancies = new ArrayList<Discrepancy>();
        submitted.forEach((id, timestamp) -> {
            if (grants.stream().noneMatch(grant -> grant.id().equals(id))) {
                discrepancies.add(new Discrepancy(
                        "Request lost: %s was asked for and is not in the table".formatted(id), timestamp));
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
            problems.add("grant lost: approved and not given");
        } else if (grant.state().hadAccess() && own.isEmpty()) {
            problems.add("grant lost: there never was an access entry");
        } else if (!grant.state().hadAccess() && !own.isEmpty()) {
            problems.add("access that nobody approved: it is " + grant.state());
        } else if (own.size() > 1) {
            problems.add("given %d times".formatted(own.size()));
        }
        if (grant.state().hadAccess()) {
            own.forEach(entry -> checkTiming(grant, entry).ifPresent(problems::add));
        }
        boolean isShown = slackMessages.channelMessages().getOrDefault(grant.id(), List.of()).stream()
                .anyMatch(message -> message.contains(grant.state().slackText));
        if (!isShown) {
            problems.add("Slack does not say that it is " + grant.state());
        }
        return problems;
    }

    private Optional<String> checkTiming(Grant grant, EntryLifetime entry) {
        Instant end = dueAt(grant, entry);
        if (grant.expiresAt().filter(entry.expiresAt()::equals).isEmpty()) {
            return Optional.of("the entry was to end %s and the request %s"
                    .formatted(
                            entry.expiresAt(),
                            grant.expiresAt().map(Instant::toString).orElse("never")));
        }
        if (entry.deleted().isEmpty()) {
            return grant.state() == State.GRANTED ? Optional.empty() : Optional.of("access without an end");
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
                .map(limit -> "access outlasted its end by %s and the sweep after that"
                        .formatted(Duration.between(end, deleted)));
    }

    private static Instant dueAt(Grant grant, EntryLifetime entry) {
        return grant.revokedAt().orElse(entry.expiresAt());
    }

    /** Each end is told its owner, once for each. */
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
                                    "%s was told %d times of %d that it is %s"
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
