package io.reverser.access.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.access.policy.EksAccessPolicy.Capability;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyTest {

    private static final Policy POLICY = PolicyReader.read(TestPolicies.json());

    @Test
    void usesTheApproversOfTheFirstMatchingRule() {
        assertThat(POLICY.evaluate(requestedAccess("U0ADA", "prod", "view")))
                .isInstanceOfSatisfying(PolicyDecision.NeedsApproval.class, needed -> {
                    assertThat(needed.notifiedApprovers()).containsExactly("U0BOB");
                    assertThat(needed.quorum()).isEqualTo(1);
                    assertThat(needed.expiresAfter()).isEqualTo(Duration.ofHours(2));
                    assertThat(needed.terms().duration()).isEqualTo(Duration.ofHours(1));
                    assertThat(needed.terms().maxDuration()).isEqualTo(Duration.ofHours(8));
                    assertThat(needed.terms().principalArn()).endsWith("role/team/ada");
                });
    }

    /**
     * Prevents a bug of another tool (sso-elevator): the approvers of all rules were merged, so the approvers of a
     * broad rule could approve access for which a stricter rule has other approvers.
     */
    @Test
    void rejectsApproversOfAnotherRule() {
        assertThat(POLICY.checkApprover(requestedAccess("U0ADA", "prod", "view"), "U0TWIN"))
                .contains(new DenyReason.NotAnApprover("U0TWIN"));
        assertThat(POLICY.checkApprover(requestedAccess("U0ADA", "tools", "view"), "U0TWIN"))
                .isEmpty();
    }

    /**
     * Prevents a bug of another tool (sso-elevator#129): all possible approvers were notified. Here, some approvers may
     * decide without being notified.
     */
    @Test
    void acceptsUnnotifiedApprovers() {
        assertThat(POLICY.checkApprover(requestedAccess("U0ADA", "prod", "view"), "U0EVE"))
                .isEmpty();
        assertThat(((PolicyDecision.NeedsApproval) POLICY.evaluate(requestedAccess("U0ADA", "prod", "view")))
                        .notifiedApprovers())
                .doesNotContain("U0EVE");
    }

    @Test
    void rejectsApprovalOfOnesOwnRequest() {
        for (String person : List.of("U0ADA", "U0BOB", "U0EVE", "U0TWIN", "U0TWIX")) {
            for (String cluster : List.of("prod", "tools")) {
                RequestedAccess own = requestedAccess(person, cluster, "view");
                assertThat(POLICY.checkApprover(own, person)).get().isInstanceOf(DenyReason.OwnRequest.class);
                assertThat(POLICY.isQuorumMet(own, List.of(person))).isFalse();
            }
        }
    }

    /** Access belongs to the IAM principal, so people who share a principal would approve access for themselves. */
    @Test
    void rejectsApprovalForOnesOwnPrincipal() {
        assertThat(POLICY.checkApprover(requestedAccess("U0TWIN", "tools", "view"), "U0TWIX"))
                .get()
                .isInstanceOf(DenyReason.OwnRequest.class);
        assertThat(POLICY.evaluate(requestedAccess("U0TWIN", "tools", "view")))
                .isInstanceOfSatisfying(
                        PolicyDecision.Automatic.class,
                        automatic -> assertThat(automatic.whenLimitReached())
                                .isEqualTo(new PolicyDecision.Denied(new DenyReason.NotEnoughApprovers(0, 1))));
    }

    @Test
    void countsAPrincipalOnceTowardsAQuorum() {
        String one = "approvers: [U0TWIN, U0TWIX]\n      automatic: {times: 2, per: 1d}\n      quorum: 1\n";
        String two = "approvers: [U0TWIN, U0TWIX, U0BOB]\n      automatic: {times: 2, per: 1d}\n      quorum: 2\n";
        Policy policy = PolicyReader.read(TestPolicies.json(one, two));
        RequestedAccess access = requestedAccess("U0ADA", "tools", "view");
        assertThat(policy.isQuorumMet(access, List.of("U0TWIN", "U0TWIN"))).isFalse();
        assertThat(policy.isQuorumMet(access, List.of("U0TWIN", "U0TWIX"))).isFalse();
        assertThat(policy.isQuorumMet(access, List.of("U0TWIN", "U0BOB"))).isTrue();
    }

    @Test
    void countsOnlyEligibleApprovers() {
        assertThat(POLICY.isQuorumMet(requestedAccess("U0ADA", "tools", "view"), List.of("U0TWIN")))
                .isTrue();
        assertThat(POLICY.isQuorumMet(requestedAccess("U0ADA", "tools", "view"), List.of("U0BOB")))
                .isFalse();
        assertThat(POLICY.isQuorumMet(requestedAccess("U0ADA", "tools", "view"), List.of()))
                .isFalse();
    }

    @Test
    void grantsBreakGlassAccessAndNotifiesApprovers() {
        var access = new RequestedAccess(
                "U0ADA",
                "prod",
                "admin",
                new TreeSet<>(),
                Optional.empty(),
                "everything is down",
                Optional.of("INC-7"));
        assertThat(POLICY.evaluate(access)).isInstanceOfSatisfying(PolicyDecision.BreakGlass.class, breakGlass -> {
            assertThat(breakGlass.notifiedApprovers()).containsExactly("U0BOB", "U0EVE");
            assertThat(breakGlass.terms().capabilities()).contains(Capability.UNRESTRICTED);
        });
        assertThat(POLICY.evaluate(requestedAccess("U0ADA", "prod", "admin")))
                .isEqualTo(new PolicyDecision.Denied(new DenyReason.NotAllowed("prod", "admin", false)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop", "dev-1", "dev-*", "dev-a*"})
    void allowsNamespacesAndNarrowerPatterns(String namespace) {
        assertThat(POLICY.evaluate(requestedEdit(namespace))).isInstanceOf(PolicyDecision.NeedsApproval.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kube-system", "shop2", "d*", "*", "sho*", "dev"})
    void rejectsOtherNamespaces(String namespace) {
        assertThat(POLICY.evaluate(requestedEdit(namespace)))
                .isEqualTo(new PolicyDecision.Denied(
                        new DenyReason.NamespaceNotAllowed(namespace, List.of("shop", "dev-*"))));
    }

    @Test
    void listsCapabilitiesForApprovers() {
        assertThat(POLICY.evaluate(requestedEdit("shop")))
                .isInstanceOfSatisfying(
                        PolicyDecision.NeedsApproval.class,
                        needed -> assertThat(needed.terms().capabilities())
                                .containsExactlyInAnyOrder(
                                        Capability.READ_SECRETS,
                                        Capability.EXEC_IN_PODS,
                                        Capability.IMPERSONATE_SERVICE_ACCOUNTS));
    }

    @Test
    void offersEachPersonTheirOwnLevels() {
        assertThat(POLICY.requestableLevels("U0ADA", false))
                .containsEntry("prod", Set.of("edit", "view"))
                .containsEntry("tools", Set.of("view"));
        assertThat(POLICY.requestableLevels("U0ADA", true)).containsOnlyKeys("prod");
        assertThat(POLICY.requestableLevels("U0NOBODY", false)).isEmpty();
    }

    private static RequestedAccess requestedAccess(String who, String cluster, String level) {
        return new RequestedAccess(
                who, cluster, level, new TreeSet<>(), Optional.empty(), "the basket is slow", Optional.empty());
    }

    private static RequestedAccess requestedEdit(String namespace) {
        return new RequestedAccess(
                "U0ADA",
                "prod",
                "edit",
                new TreeSet<>(Set.of(namespace)),
                Optional.empty(),
                "the basket is slow",
                Optional.empty());
    }
}
