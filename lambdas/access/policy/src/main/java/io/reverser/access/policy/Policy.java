package io.reverser.access.policy;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The policy file, whole and consistent: {@link PolicyReader} makes no other. */
public final class Policy {

    private static final Duration SHORTEST = Duration.ofMinutes(5);
    private static final int SHORTEST_REASON = 10;
    private static final int LONGEST_REASON = 500;

    private final SlackPlace slack;
    private final Map<String, Cluster> clusters;
    private final Map<String, Person> people;
    private final Map<String, Level> levels;
    private final List<Rule> rules;
    private final Set<String> admins;

    Policy(PolicyReader.Parts parts) {
        this.slack = parts.slack();
        this.clusters = parts.clusters();
        this.people = parts.people();
        this.levels = parts.levels();
        this.rules = parts.rules();
        this.admins = parts.admins();
    }

    /** Where in Slack this policy holds. */
    public SlackPlace slack() {
        return slack;
    }

    /** By name. */
    public Map<String, Cluster> clusters() {
        return clusters;
    }

    /** By name. */
    public Map<String, Level> levels() {
        return levels;
    }

    /** Who this is, if the policy knows. */
    public Optional<Person> person(String id) {
        return Optional.ofNullable(people.get(id));
    }

    /** All EKS access policies that can be given. */
    public Set<String> policyArns() {
        return levels.values().stream()
                .map(level -> level.policy().arn())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Everybody's IAM principal. */
    public Set<String> principalArns() {
        return people.values().stream().map(Person::principalArn).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether this person may end anybody's access. */
    public boolean isAdmin(String person) {
        return admins.contains(person);
    }

    /** The clusters and, for each, the levels that somebody can ask for. */
    public Map<String, Set<String>> offers(String person, boolean breakGlass) {
        var offers = new TreeMap<String, Set<String>>();
        for (Rule rule : rules) {
            if (rule.breakGlass() == breakGlass && rule.who().contains(person)) {
                rule.clusters()
                        .forEach(cluster -> offers.computeIfAbsent(cluster, none -> new TreeSet<>())
                                .addAll(rule.levels()));
            }
        }
        return offers;
    }

    /** What the policy says of a wish. */
    public Ruling rule(Wish wish) {
        return refusalOf(wish)
                .<Ruling>map(Ruling.Refused::new)
                .orElseGet(() -> ruleFor(wish)
                        .map(rule -> ruling(rule, wish))
                        .orElseGet(() -> new Ruling.Refused(
                                new Refusal.NotAllowed(wish.cluster(), wish.level(), wish.isBreakGlass()))));
    }

    /** Why somebody may not decide about a wish; empty when he may. */
    public Optional<Refusal> refusalToDecide(Wish wish, String person) {
        Optional<Person> decider = person(person);
        Optional<String> principal = person(wish.who()).map(Person::principalArn);
        boolean samePrincipal =
                principal.isPresent() && decider.map(Person::principalArn).equals(principal);
        if (samePrincipal || wish.who().equals(person)) {
            return Optional.of(new Refusal.OwnRequest(person, principal.orElse("")));
        }
        boolean may = decider.isPresent()
                && ruleFor(wish).filter(rule -> rule.mayDecide(person)).isPresent();
        return may ? Optional.empty() : Optional.of(new Refusal.NotAnApprover(person));
    }

    /** Whether these people, each counted once and only while he may decide, are enough. */
    public boolean isEnough(Wish wish, Collection<String> approvers) {
        long valid = approvers.stream()
                .distinct()
                .filter(person -> refusalToDecide(wish, person).isEmpty())
                .map(person -> person(person).orElseThrow().principalArn())
                .distinct()
                .count();
        return ruleFor(wish).filter(rule -> valid >= rule.quorum()).isPresent();
    }

    /** Whether somebody may end the access that a wish led to. */
    public boolean mayRevoke(Wish wish, String person) {
        return wish.who().equals(person)
                || isAdmin(person)
                || ruleFor(wish).filter(rule -> rule.mayDecide(person)).isPresent();
    }

    private Optional<Rule> ruleFor(Wish wish) {
        return rules.stream().filter(rule -> rule.fits(wish)).findFirst();
    }

    private Optional<Refusal> refusalOf(Wish wish) {
        if (!people.containsKey(wish.who())) {
            return Optional.of(new Refusal.UnknownPerson(wish.who()));
        }
        if (!clusters.containsKey(wish.cluster())) {
            return Optional.of(new Refusal.UnknownCluster(wish.cluster(), List.copyOf(clusters.keySet())));
        }
        if (!levels.containsKey(wish.level())) {
            return Optional.of(new Refusal.UnknownLevel(wish.level(), List.copyOf(levels.keySet())));
        }
        int characters = (int) wish.reason().strip().codePoints().count();
        if (characters < SHORTEST_REASON || characters > LONGEST_REASON) {
            return Optional.of(new Refusal.BadReason(characters, SHORTEST_REASON, LONGEST_REASON));
        }
        return namespaceRefusal(
                requireNonNull(clusters.get(wish.cluster())),
                requireNonNull(levels.get(wish.level())),
                wish.namespaces());
    }

    private static Optional<Refusal> namespaceRefusal(Cluster cluster, Level level, Set<String> namespaces) {
        if (!level.namespaced()) {
            return namespaces.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Refusal.NamespaceNotPossible(level.name()));
        }
        if (namespaces.isEmpty()) {
            return Optional.of(new Refusal.NamespaceMissing(level.name(), cluster.namespaces()));
        }
        return namespaces.stream()
                .filter(namespace -> !cluster.offers(namespace))
                .findFirst()
                .map(namespace -> new Refusal.NamespaceNotOffered(namespace, cluster.namespaces()));
    }

    private Ruling ruling(Rule rule, Wish wish) {
        Duration asked = wish.duration().orElse(rule.usual());
        if (asked.compareTo(SHORTEST) < 0) {
            return new Ruling.Refused(new Refusal.TooShort(asked, SHORTEST));
        }
        if (asked.compareTo(rule.longest()) > 0) {
            return new Ruling.Refused(new Refusal.TooLong(asked, rule.longest()));
        }
        Terms terms = terms(rule, wish, asked);
        if (rule.breakGlass()) {
            return new Ruling.BreakGlass(terms, rule.asked());
        }
        Ruling approval = approval(rule, wish, terms);
        return rule.automatic()
                .<Ruling>map(free -> new Ruling.Automatic(terms, rule.name(), free.times(), free.per(), approval))
                .orElse(approval);
    }

    private Ruling approval(Rule rule, Wish wish, Terms terms) {
        var possible = new TreeSet<String>();
        var principals = new TreeSet<String>();
        for (Person person : people.values()) {
            if (rule.mayDecide(person.id())
                    && refusalToDecide(wish, person.id()).isEmpty()) {
                possible.add(person.id());
                principals.add(person.principalArn());
            }
        }
        if (principals.size() < rule.quorum()) {
            return new Ruling.Refused(new Refusal.NobodyToApprove(principals.size(), rule.quorum()));
        }
        possible.retainAll(rule.asked());
        return new Ruling.NeedsApproval(terms, possible, rule.quorum(), rule.expiresAfter(), rule.remindAfter());
    }

    private Terms terms(Rule rule, Wish wish, Duration duration) {
        Level level = requireNonNull(levels.get(wish.level()));
        return new Terms(
                wish.cluster(),
                requireNonNull(clusters.get(wish.cluster())).region(),
                requireNonNull(people.get(wish.who())).principalArn(),
                level.policy().arn(),
                wish.namespaces(),
                duration,
                rule.longest(),
                level.powers());
    }
}
