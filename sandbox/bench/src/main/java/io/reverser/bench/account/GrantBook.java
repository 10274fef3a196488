package io.reverser.bench.account;

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
 * @param asked names of requests that people were told of
 * @param grants all requests in the table, at the end
 * @param entries all access entries that were made by the platform
 * @param sweeps oldest first
 */
public record GrantBook(
        Map<String, Moment> asked, List<Grant> grants, List<Entry> entries, List<Sweep> sweeps, Said said) {

    /** What became of a request. */
    public enum State {
        WAITING(""),
        APPROVED(""),
        GIVEN("Granted"),
        OVER("Over."),
        ENDED_EARLY("Ended early"),
        REFUSED("Refused"),
        TAKEN_BACK("Taken back"),
        LAPSED("Lapsed"),
        FAILED("Not given");

        private final String words;

        State(String words) {
            this.words = words;
        }

        /** Whether there has to have been access. */
        boolean hadAccess() {
            return this == GIVEN || this == OVER || this == ENDED_EARLY;
        }
    }

    /**
     * A request.
     *
     * @param until when its access was to end, extensions included; empty when nobody decided on any
     * @param ended when somebody ended it early
     */
    public record Grant(String id, String who, State state, Optional<Instant> until, Optional<Instant> ended) {}

    /** An access entry, with the request and the end that its tags name. */
    public record Entry(String request, Instant created, Optional<Instant> deleted, Instant until) {}

    /**
     * A look after everything.
     *
     * @param isGood nothing was made to fail meanwhile, and it answered
     */
    public record Sweep(Instant begun, Instant done, boolean isGood) {}

    /**
     * What is in Slack.
     *
     * @param channel every message about a request, by its name
     * @param direct how many direct messages somebody has that say so, by {@code person state}
     */
    public record Said(Map<String, List<String>> channel, Map<String, Long> direct) {}

    /** When access was to end, and when it did. */
    public record Ending(Instant due, Instant seen) {

        /** How long it existed past its end. */
        public Duration late() {
            return Duration.between(due, seen);
        }
    }

    /** All that ended. */
    public List<Ending> endings() {
        return grants.stream()
                .filter(grant -> grant.state().hadAccess())
                .flatMap(grant -> entriesOf(grant.id())
                        .flatMap(entry -> entry.deleted().map(at -> new Ending(end(grant, entry), at)).stream()))
                .toList();
    }

    /** Everything that is wrong. */
    public List<Loss> losses(Clocks clocks) {
        var losses = new ArrayList<Loss>();
        asked.forEach((id, moment) -> {
            if (grants.stream().noneMatch(grant -> grant.id().equals(id))) {
                losses.add(new Loss("Request lost: %s was asked for and is not in the table".formatted(id), moment));
            }
        });
        for (Grant grant : grants) {
            Moment about = clocks.simulated(entriesOf(grant.id())
                    .map(Entry::created)
                    .min(Comparator.naturalOrder())
                    .or(grant::until)
                    .orElseGet(() -> asked.getOrDefault(grant.id(), new Moment(Instant.EPOCH, Instant.EPOCH))
                            .simulated()));
            problems(grant).forEach(problem -> losses.add(new Loss("%s: %s".formatted(grant.id(), problem), about)));
        }
        entries.stream()
                .filter(entry -> grants.stream().noneMatch(grant -> grant.id().equals(entry.request())))
                .forEach(entry -> losses.add(new Loss(
                        "Access without a request: an entry names %s".formatted(entry.request()),
                        clocks.simulated(entry.created()))));
        losses.addAll(untold(clocks));
        return losses;
    }

    private List<String> problems(Grant grant) {
        var problems = new ArrayList<String>();
        List<Entry> own = entriesOf(grant.id()).toList();
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
            own.forEach(entry -> time(grant, entry).ifPresent(problems::add));
        }
        boolean isShown = said.channel().getOrDefault(grant.id(), List.of()).stream()
                .anyMatch(message -> message.contains(grant.state().words));
        if (!isShown) {
            problems.add("Slack does not say that it is " + grant.state());
        }
        return problems;
    }

    private Optional<String> time(Grant grant, Entry entry) {
        Instant end = end(grant, entry);
        if (grant.until().filter(entry.until()::equals).isEmpty()) {
            return Optional.of("the entry was to end %s and the request %s"
                    .formatted(
                            entry.until(), grant.until().map(Instant::toString).orElse("never")));
        }
        if (entry.deleted().isEmpty()) {
            return grant.state() == State.GIVEN ? Optional.empty() : Optional.of("access without an end");
        }
        Instant deleted = entry.deleted().get();
        if (deleted.isBefore(end)) {
            return Optional.of("access ended %s early".formatted(Duration.between(deleted, end)));
        }
        return sweeps.stream()
                .filter(sweep -> sweep.isGood() && !sweep.begun().isBefore(end))
                .findFirst()
                .map(Sweep::done)
                .filter(deleted::isAfter)
                .map(limit -> "access outlasted its end by %s and the sweep after that"
                        .formatted(Duration.between(end, deleted)));
    }

    private static Instant end(Grant grant, Entry entry) {
        return grant.ended().orElse(entry.until());
    }

    /** Each end is told its owner, once for each. */
    private List<Loss> untold(Clocks clocks) {
        var losses = new ArrayList<Loss>();
        for (State state : List.of(State.OVER, State.ENDED_EARLY, State.REFUSED)) {
            grants.stream()
                    .filter(grant -> grant.state() == state)
                    .map(Grant::who)
                    .distinct()
                    .forEach(who -> {
                        List<Grant> own = grants.stream()
                                .filter(grant ->
                                        grant.state() == state && grant.who().equals(who))
                                .toList();
                        long told = said.direct().getOrDefault(who + " " + state, 0L);
                        if (told < own.size()) {
                            Instant last = own.getLast().until().orElse(Instant.EPOCH);
                            losses.add(new Loss(
                                    "%s was told %d times of %d that it is %s".formatted(who, told, own.size(), state),
                                    clocks.simulated(last)));
                        }
                    });
        }
        return losses;
    }

    private Stream<Entry> entriesOf(String id) {
        return entries.stream().filter(entry -> entry.request().equals(id));
    }
}
