package io.reverser.access.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.access.policy.AccessPolicy.Power;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyTest {

    private static final Policy POLICY = PolicyFile.read(Path.of("src/test/resources/access.yaml"));

    @Test
    void asksTheApproversOfTheFirstRuleThatFits() {
        assertThat(POLICY.rule(wish("U0ADA", "prod", "view")))
                .isInstanceOfSatisfying(Ruling.NeedsApproval.class, needed -> {
                    assertThat(needed.asked()).containsExactly("U0BOB");
                    assertThat(needed.quorum()).isEqualTo(1);
                    assertThat(needed.expiresAfter()).isEqualTo(Duration.ofHours(2));
                    assertThat(needed.terms().duration()).isEqualTo(Duration.ofHours(1));
                    assertThat(needed.terms().longest()).isEqualTo(Duration.ofHours(8));
                    assertThat(needed.terms().principalArn()).endsWith("role/team/ada");
                });
    }

    /** sso-elevator: approvers were the union over all rules, so those of a wide rule approved the strict one. */
    @Test
    void letsNoApproverOfAnotherRuleDecide() {
        assertThat(POLICY.refusalToDecide(wish("U0ADA", "prod", "view"), "U0TWIN"))
                .contains(new Refusal.NotAnApprover("U0TWIN"));
        assertThat(POLICY.refusalToDecide(wish("U0ADA", "tools", "view"), "U0TWIN"))
                .isEmpty();
    }

    /** sso-elevator 129: may approve, and is not called. */
    @Test
    void letsSilentApproversDecideWithoutCallingThem() {
        assertThat(POLICY.refusalToDecide(wish("U0ADA", "prod", "view"), "U0EVE"))
                .isEmpty();
        assertThat(((Ruling.NeedsApproval) POLICY.rule(wish("U0ADA", "prod", "view"))).asked())
                .doesNotContain("U0EVE");
    }

    @Test
    void letsNobodyApproveHisOwn() {
        for (String person : List.of("U0ADA", "U0BOB", "U0EVE", "U0TWIN", "U0TWIX")) {
            for (String cluster : List.of("prod", "tools")) {
                Wish own = wish(person, cluster, "view");
                assertThat(POLICY.refusalToDecide(own, person)).get().isInstanceOf(Refusal.OwnRequest.class);
                assertThat(POLICY.isEnough(own, List.of(person))).isFalse();
            }
        }
    }

    /** Access is the principal's, so whoever shares it decides about himself. */
    @Test
    void letsNobodyApproveForHisOwnPrincipal() {
        assertThat(POLICY.refusalToDecide(wish("U0TWIN", "tools", "view"), "U0TWIX"))
                .get()
                .isInstanceOf(Refusal.OwnRequest.class);
        assertThat(POLICY.rule(wish("U0TWIN", "tools", "view")))
                .isInstanceOfSatisfying(
                        Ruling.Automatic.class,
                        free -> assertThat(free.otherwise())
                                .isEqualTo(new Ruling.Refused(new Refusal.NobodyToApprove(0, 1))));
    }

    @Test
    void countsAPrincipalOnceTowardsAQuorum(@TempDir Path folder) throws IOException {
        String one = "approvers: [U0TWIN, U0TWIX]\n";
        String two = "approvers: [U0TWIN, U0TWIX, U0BOB]\n      quorum: 2\n";
        String text = Files.readString(Path.of("src/test/resources/access.yaml"));
        Policy policy = PolicyFile.read(Files.writeString(folder.resolve("access.yaml"), text.replace(one, two)));
        Wish wish = wish("U0ADA", "tools", "view");
        assertThat(policy.isEnough(wish, List.of("U0TWIN", "U0TWIN"))).isFalse();
        assertThat(policy.isEnough(wish, List.of("U0TWIN", "U0TWIX"))).isFalse();
        assertThat(policy.isEnough(wish, List.of("U0TWIN", "U0BOB"))).isTrue();
    }

    @Test
    void countsOnlyWhoMayDecide() {
        assertThat(POLICY.isEnough(wish("U0ADA", "tools", "view"), List.of("U0TWIN")))
                .isTrue();
        assertThat(POLICY.isEnough(wish("U0ADA", "tools", "view"), List.of("U0BOB")))
                .isFalse();
        assertThat(POLICY.isEnough(wish("U0ADA", "tools", "view"), List.of())).isFalse();
    }

    @Test
    void givesAtOnceInAnEmergencyAndTellsTheLeads() {
        var wish = new Wish(
                "U0ADA",
                "prod",
                "admin",
                new TreeSet<>(),
                Optional.empty(),
                "everything is down",
                Optional.of("INC-7"));
        assertThat(POLICY.rule(wish)).isInstanceOfSatisfying(Ruling.BreakGlass.class, now -> {
            assertThat(now.told()).containsExactly("U0BOB", "U0EVE");
            assertThat(now.terms().powers()).contains(Power.DOES_EVERYTHING);
        });
        assertThat(POLICY.rule(wish("U0ADA", "prod", "admin")))
                .isEqualTo(new Ruling.Refused(new Refusal.NotAllowed("prod", "admin", false)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop", "dev-1", "dev-*", "dev-a*"})
    void offersNamespacesAndNarrowerPatterns(String namespace) {
        assertThat(POLICY.rule(edit(namespace))).isInstanceOf(Ruling.NeedsApproval.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kube-system", "shop2", "d*", "*", "sho*", "dev"})
    void offersNoOthers(String namespace) {
        assertThat(POLICY.rule(edit(namespace)))
                .isEqualTo(new Ruling.Refused(new Refusal.NamespaceNotOffered(namespace, List.of("shop", "dev-*"))));
    }

    @Test
    void knowsWhatAnApproverShouldKnow() {
        assertThat(POLICY.rule(edit("shop")))
                .isInstanceOfSatisfying(
                        Ruling.NeedsApproval.class,
                        needed -> assertThat(needed.terms().powers())
                                .containsExactlyInAnyOrder(
                                        Power.READS_SECRETS, Power.RUNS_COMMANDS, Power.ACTS_AS_SERVICE_ACCOUNTS));
    }

    @Test
    void offersEverybodyHisOwn() {
        assertThat(POLICY.offers("U0ADA", false))
                .containsEntry("prod", Set.of("edit", "view"))
                .containsEntry("tools", Set.of("view"));
        assertThat(POLICY.offers("U0ADA", true)).containsOnlyKeys("prod");
        assertThat(POLICY.offers("U0NOBODY", false)).isEmpty();
    }

    private static Wish wish(String who, String cluster, String level) {
        return new Wish(who, cluster, level, new TreeSet<>(), Optional.empty(), "the basket is slow", Optional.empty());
    }

    private static Wish edit(String namespace) {
        return new Wish(
                "U0ADA",
                "prod",
                "edit",
                new TreeSet<>(Set.of(namespace)),
                Optional.empty(),
                "the basket is slow",
                Optional.empty());
    }
}
