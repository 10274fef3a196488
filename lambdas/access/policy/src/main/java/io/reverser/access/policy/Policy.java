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

/** The access policy: who may request which access to which cluster, and who approves it. */
public final class Policy {

    private static final Duration MIN_DURATION = Duration.ofMinutes(5);
    private static final int MIN_REASON_LENGTH = 10;
    private static final int MAX_REASON_LENGTH = 500;

    private final SlackWorkspaceIds slack;
    private final Map<String, PolicyCluster> clusters;
    private final Map<String, Person> people;
    private final Map<String, AccessLevel> levels;
    private final List<Rule> rules;
    private final Set<String> admins;

    Policy(
            SlackWorkspaceIds slack,
            Map<String, PolicyCluster> clusters,
            Map<String, Person> people,
            Map<String, AccessLevel> levels,
            List<Rule> rules,
            Set<String> admins) {
        this.slack = slack;
        this.clusters = clusters;
        this.people = people;
        this.levels = levels;
        this.rules = rules;
        this.admins = admins;
    }

    /** The IDs of the Slack workspace, app and channel in this policy. */
    public SlackWorkspaceIds slack() {
        return slack;
    }

    /** The clusters, by name. */
    public Map<String, PolicyCluster> clusters() {
        return clusters;
    }

    /** The access levels, by name. */
    public Map<String, AccessLevel> levels() {
        return levels;
    }

    /** The person with this Slack user ID, if the policy has one. */
    public Optional<Person> findPerson(String id) {
        return Optional.ofNullable(people.get(id));
    }

    /** The ARNs of all EKS access policies that this policy can grant. */
    public Set<String> policyArns() {
        return levels.values().stream()
                .map(level -> level.policy().arn())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The IAM principals of all people in the policy. */
    public Set<String> principalArns() {
        return people.values().stream().map(Person::principalArn).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether this person may revoke any access. */
    public boolean isAdmin(String person) {
        return admins.contains(person);
    }

    /** The clusters and, for each cluster, the access levels that this person can request. */
    public Map<String, Set<String>> requestableLevels(String person, boolean breakGlass) {
        var levelsByCluster = new TreeMap<String, Set<String>>();
        for (Rule rule : rules) {
            if (rule.breakGlass() == breakGlass && rule.requesters().contains(person)) {
                rule.clusters()
                        .forEach(cluster -> levelsByCluster
                                .computeIfAbsent(cluster, none -> new TreeSet<>())
                                .addAll(rule.levels()));
            }
        }
        return levelsByCluster;
    }

    /** Decides whether a requested access is allowed, and which approval it needs. */
    public PolicyDecision evaluate(RequestedAccess access) {
        return validate(access)
                .<PolicyDecision>map(PolicyDecision.Denied::new)
                .orElseGet(() -> findRule(access)
                        .map(rule -> applyRule(rule, access))
                        .orElseGet(() -> new PolicyDecision.Denied(
                                new DenyReason.NotAllowed(access.cluster(), access.level(), access.isBreakGlass()))));
    }

    /** The reason why this person may not decide about a requested access; empty when the person may decide. */
    public Optional<DenyReason> checkApprover(RequestedAccess access, String person) {
        Optional<Person> approver = findPerson(person);
        Optional<String> principal = findPerson(access.requester()).map(Person::principalArn);
        boolean samePrincipal =
                principal.isPresent() && approver.map(Person::principalArn).equals(principal);
        if (samePrincipal || access.requester().equals(person)) {
            return Optional.of(new DenyReason.OwnRequest(person, principal.orElse("")));
        }
        boolean isApprover = approver.isPresent()
                && findRule(access).filter(rule -> rule.isApprover(person)).isPresent();
        return isApprover ? Optional.empty() : Optional.of(new DenyReason.NotAnApprover(person));
    }

    /**
     * Whether the approvals of these people complete the quorum. People with the same IAM principal count once, and a
     * person counts only if the policy still lets them approve.
     */
    public boolean isQuorumMet(RequestedAccess access, Collection<String> approvers) {
        long valid = approvers.stream()
                .distinct()
                .filter(person -> checkApprover(access, person).isEmpty())
                .map(person -> findPerson(person).orElseThrow().principalArn())
                .distinct()
                .count();
        return findRule(access).filter(rule -> valid >= rule.quorum()).isPresent();
    }

    /** Whether this person may revoke the access: the requester, an admin or an approver. */
    public boolean mayRevoke(RequestedAccess access, String person) {
        return access.requester().equals(person)
                || isAdmin(person)
                || findRule(access).filter(rule -> rule.isApprover(person)).isPresent();
    }

    private Optional<Rule> findRule(RequestedAccess access) {
        return rules.stream().filter(rule -> rule.matches(access)).findFirst();
    }

    private Optional<DenyReason> validate(RequestedAccess access) {
        if (!people.containsKey(access.requester())) {
            return Optional.of(new DenyReason.UnknownPerson(access.requester()));
        }
        if (!clusters.containsKey(access.cluster())) {
            return Optional.of(new DenyReason.UnknownCluster(access.cluster(), List.copyOf(clusters.keySet())));
        }
        if (!levels.containsKey(access.level())) {
            return Optional.of(new DenyReason.UnknownLevel(access.level(), List.copyOf(levels.keySet())));
        }
        int reasonLength = (int) access.reason().strip().codePoints().count();
        if (reasonLength < MIN_REASON_LENGTH || reasonLength > MAX_REASON_LENGTH) {
            return Optional.of(new DenyReason.InvalidReasonLength(reasonLength, MIN_REASON_LENGTH, MAX_REASON_LENGTH));
        }
        return validateNamespaces(
                requireNonNull(clusters.get(access.cluster())),
                requireNonNull(levels.get(access.level())),
                access.namespaces());
    }

    private static Optional<DenyReason> validateNamespaces(
            PolicyCluster cluster, AccessLevel level, Set<String> namespaces) {
        if (!level.namespaced()) {
            return namespaces.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new DenyReason.NamespaceNotApplicable(level.name()));
        }
        if (namespaces.isEmpty()) {
            return Optional.of(new DenyReason.NamespaceMissing(level.name(), cluster.namespaces()));
        }
        return namespaces.stream()
                .filter(namespace -> !cluster.allowsNamespace(namespace))
                .findFirst()
                .map(namespace -> new DenyReason.NamespaceNotAllowed(namespace, cluster.namespaces()));
    }

    private PolicyDecision applyRule(Rule rule, RequestedAccess access) {
        Duration duration = access.duration().orElse(rule.defaultDuration());
        if (duration.compareTo(MIN_DURATION) < 0) {
            return new PolicyDecision.Denied(new DenyReason.TooShort(duration, MIN_DURATION));
        }
        if (duration.compareTo(rule.maxDuration()) > 0) {
            return new PolicyDecision.Denied(new DenyReason.TooLong(duration, rule.maxDuration()));
        }
        GrantTerms terms = buildTerms(rule, access, duration);
        if (rule.breakGlass()) {
            return new PolicyDecision.BreakGlass(terms, rule.notifiedApprovers());
        }
        PolicyDecision approval = requireApproval(rule, access, terms);
        return rule.autoApprovalLimit()
                .<PolicyDecision>map(limit ->
                        new PolicyDecision.Automatic(terms, rule.name(), limit.maxUses(), limit.period(), approval))
                .orElse(approval);
    }

    private PolicyDecision requireApproval(Rule rule, RequestedAccess access, GrantTerms terms) {
        var approvers = new TreeSet<String>();
        var principals = new TreeSet<String>();
        for (Person person : people.values()) {
            if (rule.isApprover(person.id())
                    && checkApprover(access, person.id()).isEmpty()) {
                approvers.add(person.id());
                principals.add(person.principalArn());
            }
        }
        if (principals.size() < rule.quorum()) {
            return new PolicyDecision.Denied(new DenyReason.NotEnoughApprovers(principals.size(), rule.quorum()));
        }
        approvers.retainAll(rule.notifiedApprovers());
        return new PolicyDecision.NeedsApproval(
                terms, approvers, rule.quorum(), rule.expiresAfter(), rule.remindAfter());
    }

    private GrantTerms buildTerms(Rule rule, RequestedAccess access, Duration duration) {
        AccessLevel level = requireNonNull(levels.get(access.level()));
        return new GrantTerms(
                access.cluster(),
                requireNonNull(clusters.get(access.cluster())).region(),
                requireNonNull(people.get(access.requester())).principalArn(),
                level.policy().arn(),
                access.namespaces(),
                duration,
                rule.maxDuration(),
                level.capabilities());
    }
}
