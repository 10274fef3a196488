package io.reverser.access.change;

import static io.reverser.access.change.World.ADA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverser.access.policy.Wish;
import io.reverser.access.request.Approval;
import io.reverser.access.request.Ask;
import io.reverser.access.request.Audit;
import io.reverser.access.request.Change;
import io.reverser.access.request.Decision;
import io.reverser.access.request.Extension;
import io.reverser.access.request.Request;
import io.reverser.access.request.Request.Granted;
import io.reverser.access.request.Request.Pending;
import io.reverser.access.request.RequestId;
import io.reverser.access.request.Stored;
import io.reverser.simulators.slack.SlackWorkspace.Person;
import io.reverser.simulators.slack.SlackWorkspace.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.eks.model.ResourceNotFoundException;

/** A request's way through the real adapters. */
class ProgressTest {

    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void asksTheApproversInTheChannel() {
        RequestId id = world.asked("prod");
        world.advance(id);
        assertThat(world.shown(id))
                .contains("Access requested", "<@U0BOB> <@U0EVE>", "the basket is slow", "approve", id.value());
        assertThat(world.stored(id).isTold()).isTrue();
        assertThat(world.entry()).isEmpty();
    }

    @Test
    void givesWhatWasApprovedWithItsEndInTheTags() {
        RequestId id = world.granted();
        Granted granted = (Granted) world.request(id);
        assertThat(world.entry()).hasValueSatisfying(entry -> {
            assertThat(entry.policies()).containsOnlyKeys(World.VIEW);
            assertThat(entry.tags())
                    .containsEntry("cluster-access:request-id", id.value())
                    .containsEntry("cluster-access:requester", "U0ADA")
                    .containsEntry("cluster-access:approvers", "U0BOB")
                    .containsEntry("cluster-access:expires-at", granted.until().toString());
        });
        assertThat(world.aws.scheduler().schedules()).singleElement().satisfies(schedule -> {
            assertThat(schedule.name()).isEqualTo(id.value());
            assertThat(schedule.at()).isBetween(granted.until(), granted.until().plusSeconds(1));
        });
        assertThat(world.shown(id)).contains("Granted", "Approved by <@U0BOB>");
        assertThat(world.workspace.messages("U0ADA"))
                .singleElement()
                .satisfies(message -> assertThat(message.blocks())
                        .contains(
                                "aws eks update-kubeconfig --name prod --region eu-central-1",
                                "I'm done",
                                "about a minute"));
    }

    /** terraform-provider-aws 35728: for some seconds EKS does not know the entry that it just made. */
    @Test
    void triesAgainWhenEksDoesNotKnowTheEntryYet() {
        RequestId id = world.asked("prod");
        world.approve(id, "U0BOB");
        world.aws.faults().refuse("EKS.AssociateAccessPolicy", 404, "ResourceNotFoundException", 1);
        assertThatThrownBy(() -> world.advance(id)).isInstanceOf(ResourceNotFoundException.class);
        assertThat(world.request(id)).isInstanceOf(Request.Approved.class);
        world.advance(id);
        assertThat(world.request(id)).isInstanceOf(Granted.class);
        assertThat(world.entry())
                .hasValueSatisfying(entry -> assertThat(entry.policies()).containsOnlyKeys(World.VIEW));
    }

    /** aws-samples team 195, 460: the message says what the end does not end, and that it is over when it is. */
    @Test
    void promisesNoMoreThanKubernetesKeeps() {
        RequestId id = world.granted();
        assertThat(world.workspace.messages("U0ADA").getFirst().blocks())
                .contains("an open exec or port-forward is not cut");
        world.aws.clock().move(Duration.ofMinutes(61));
        world.advance(id);
        assertThat(world.workspace.messages("U0ADA").getLast().text()).contains("is over");
    }

    /** Teleport 16202, Twingate 9: not from the request on. */
    @Test
    void countsTheTimeFromTheApproval() {
        RequestId id = world.asked("prod");
        world.aws.clock().move(Duration.ofHours(2));
        Instant approval = world.now();
        world.approve(id, "U0BOB");
        world.advance(id);
        assertThat(((Granted) world.request(id)).until())
                .isBetween(
                        approval.plus(Duration.ofHours(1)),
                        approval.plus(Duration.ofHours(1)).plusSeconds(5));
    }

    @Test
    void takesItAwayWhenTheTimeIsOver() {
        RequestId id = world.granted();
        world.aws.clock().move(Duration.ofMinutes(61));
        world.advance(id);
        assertThat(world.request(id)).isInstanceOf(Request.Expired.class);
        assertThat(world.entry()).isEmpty();
        assertThat(world.aws.scheduler().schedules()).isEmpty();
        assertThat(world.shown(id)).contains("Over.").doesNotContain("\"actions\"");
    }

    @Test
    void leavesItAloneBeforeItsTime() {
        RequestId id = world.granted();
        world.advance(id);
        assertThat(world.entry()).isPresent();
        assertThat(world.workspace.messages("U0ADA")).hasSize(1);
    }

    /** sso-elevator 35: "I'm done". */
    @Test
    void endsEarlyWhenItsOwnerIsDone() {
        RequestId id = world.granted();
        Stored stored = world.stored(id);
        world.table.write(
                Change.of(stored, ((Granted) stored.request()).end(new Request.Ending("U0ADA", "", world.now()))));
        world.advance(id);
        assertThat(world.request(id)).isInstanceOf(Request.Revoked.class);
        assertThat(world.entry()).isEmpty();
        assertThat(world.shown(id)).contains("Ended early");
    }

    /** jit-groups 141: without a gap, and the old schedule must not end it. */
    @Test
    void extendsWithoutAGap() {
        RequestId id = world.granted();
        Instant until = ((Granted) world.request(id)).until();
        extend(id, Extension.State.APPROVED);
        world.advance(id);
        assertThat(((Granted) world.request(id)).until()).isEqualTo(until.plus(Duration.ofMinutes(30)));
        world.aws.clock().move(Duration.ofMinutes(61));
        world.advance(id);
        assertThat(world.entry()).isPresent();
        world.aws.clock().move(Duration.ofMinutes(30));
        world.advance(id);
        assertThat(world.entry()).isEmpty();
    }

    /** The end and the approval can be a moment apart, and the schedule may be faster than the stream. */
    @Test
    void extendsWhatWasApprovedBeforeTheEndAlsoAfterIt() {
        RequestId id = world.granted();
        extend(id, Extension.State.APPROVED);
        world.aws.clock().move(Duration.ofMinutes(61));
        world.advance(id);
        assertThat(world.request(id)).isInstanceOf(Granted.class);
        assertThat(world.entry()).isPresent();
        assertThat(world.aws.scheduler().schedules()).hasSize(1);
    }

    /** Whoever can write to the table cannot extend. */
    @ParameterizedTest
    @CsvSource({"30, ''", "30, U0ADA", "30, U0STRANGER", "421, U0BOB"})
    void extendsNothingThatThePolicyDoesNotAllow(long minutes, String approver) {
        RequestId id = world.granted();
        Instant until = ((Granted) world.request(id)).until();
        Approval[] approvals =
                approver.isEmpty() ? new Approval[0] : new Approval[] {new Approval(approver, world.now())};
        extend(id, Duration.ofMinutes(minutes), Extension.State.APPROVED, approvals);
        world.advance(id);
        assertThat(((Granted) world.request(id)).until()).isEqualTo(until);
        assertThat(world.entry().orElseThrow().tags()).containsEntry("cluster-access:expires-at", until.toString());
        assertThat(world.workspace.messages("U0ADA").getLast().blocks()).contains("is not extended");
    }

    @Test
    void asksForMoreTimeWhereItWasAskedFirst() {
        RequestId id = world.granted();
        extend(id, Extension.State.OPEN);
        world.advance(id);
        assertThat(world.shown(id)).contains("Asks for 30m more", "approve-extension");
        assertThat(world.workspace.messages(World.CHANNEL).getLast().thread())
                .contains(world.stored(id).post().orElseThrow().ts());
    }

    @Test
    void remindsItsOwnerOnce() {
        RequestId id = world.granted();
        world.aws.clock().move(Duration.ofMinutes(51));
        world.advance(id);
        world.advance(id);
        assertThat(world.workspace.messages("U0ADA")).hasSize(2);
        assertThat(world.workspace.messages("U0ADA").getLast().blocks()).contains("ends", "Extend");
    }

    @Test
    void remindsItsOwnerAlsoAfterARefusedExtension() {
        RequestId id = world.granted();
        extend(id, Extension.State.REFUSED);
        world.advance(id);
        assertThat(world.workspace.messages("U0ADA").getLast().blocks()).contains("is not extended");
        world.aws.clock().move(Duration.ofMinutes(51));
        world.advance(id);
        assertThat(world.workspace.messages("U0ADA")).hasSize(3);
        assertThat(world.workspace.messages("U0ADA").getLast().blocks()).doesNotContain("is not extended");
    }

    @Test
    void remindsTheApproversOnceAndLapses() {
        RequestId id = world.asked("prod");
        world.advance(id);
        world.aws.clock().move(Duration.ofMinutes(61));
        world.advance(id);
        world.advance(id);
        assertThat(world.workspace.messages(World.CHANNEL)).hasSize(2);
        world.aws.clock().move(Duration.ofHours(3));
        world.advance(id);
        assertThat(world.request(id)).isInstanceOf(Request.Expired.class);
        assertThat(world.shown(id)).contains("Lapsed");
    }

    /** fengyu225: took "exists already" for success and deleted a permanent entry later. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void neverTouchesAForeignEntry(boolean samePolicy) {
        var foreign = world.aws.eks().entry("prod", ADA, Map.of("team", "payments"));
        if (samePolicy) {
            world.aws.eks().associate("prod", ADA, World.VIEW);
        }
        var before = world.entry();
        RequestId id = world.granted();
        assertThat(world.request(id)).isInstanceOf(Request.Failed.class);
        assertThat(world.shown(id)).contains("was not made here");
        assertThat(world.entry()).isEqualTo(before);
        assertThat(world.aws.scheduler().schedules()).isEmpty();
        assertThat(foreign.tags()).containsOnlyKeys("team");
    }

    @Test
    void leavesAnEntryAloneThatSomebodyMadeAnewMeanwhile() {
        RequestId id = world.granted();
        world.aws.eks().delete("prod", ADA);
        world.aws.eks().entry("prod", ADA, Map.of("made", "by hand"));
        world.aws.clock().move(Duration.ofMinutes(61));
        world.advance(id);
        assertThat(world.entry()).isPresent();
        assertThat(world.shown(id)).contains(":warning:", "is still there").doesNotContain("Over.");
        assertThat(world.table.audit(id)).anyMatch(audit -> audit.action() == Audit.Action.TAMPERING);
    }

    @Test
    void saysThatAnotherRequestHoldsThePrincipal() {
        RequestId first = world.granted();
        RequestId second = world.granted();
        assertThat(world.request(second)).isInstanceOf(Request.Failed.class);
        assertThat(world.shown(second)).contains("the request " + first + " already gives");
        assertThat(world.entry().orElseThrow().tags()).containsEntry("cluster-access:request-id", first.value());
    }

    @Test
    void saysThatAClusterTakesNoEntries() {
        RequestId id = world.approved("old");
        world.advance(id);
        assertThat(world.shown(id)).contains("CONFIG_MAP", "API_AND_CONFIG_MAP");
    }

    @Test
    void givesNothingWhenTheTimeWasOverBefore() {
        RequestId id = world.approved("prod");
        world.aws.clock().move(Duration.ofHours(2));
        world.advance(id);
        assertThat(world.request(id)).isInstanceOf(Request.Failed.class);
        assertThat(world.entry()).isEmpty();
    }

    /** Whoever can write to the table cannot grant. */
    @Test
    void givesNothingThatThePolicyDoesNotAllow() {
        RequestId forged = world.asked("prod");
        world.approve(forged, "U0ADA");
        world.advance(forged);
        assertThat(world.request(forged)).isInstanceOf(Request.Failed.class);
        assertThat(world.entry()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = Standing.class, names = "MEMBER", mode = EnumSource.Mode.EXCLUDE)
    void givesNothingToAnybodyButFullMembers(Standing standing) {
        world.workspace.join(new Person("U0ADA", "Ada", "T0TEAM", standing));
        RequestId id = world.granted();
        assertThat(world.request(id)).isInstanceOf(Request.Failed.class);
        assertThat(world.shown(id)).contains("no full member");
    }

    /** It used to be tried again until the time was over. */
    @Test
    void givesNothingOnTheWordOfSomebodyWhomSlackDoesNotKnow() {
        RequestId id = world.asked("prod");
        world.approve(id, "U0GONE");
        world.advance(id);
        assertThat(world.request(id)).isInstanceOf(Request.Failed.class);
        assertThat(world.shown(id)).contains("<@U0GONE> is no full member");
    }

    /** It used to keep its owner from ever hearing of it. */
    @Test
    void postsAnewWhatSomebodyTookAway() {
        RequestId id = world.asked("prod");
        world.advance(id);
        world.workspace.delete(world.workspace.messages(World.CHANNEL).getFirst());
        world.approve(id, "U0BOB");
        world.advance(id);
        assertThat(world.stored(id).isTold()).isTrue();
        assertThat(world.shown(id)).contains("Granted");
        assertThat(world.workspace.messages("U0ADA")).hasSize(1);
    }

    @Test
    void tellsEverybodyOfAnEmergency() {
        Wish wish = World.wish("prod", "admin", Set.of(), Optional.of("INC-7"));
        var pending = new Pending(
                new Ask(RequestId.of("emergency"), wish, world.now()), List.<Approval>of(), world.now(), false);
        world.table.write(Change.create(
                pending.approved(new Decision(Decision.Way.BREAK_GLASS, List.of(), world.terms(wish), world.now()))));
        world.advance(pending.id());
        assertThat(world.request(pending.id())).isInstanceOf(Granted.class);
        assertThat(world.shown(pending.id())).contains("Break-glass", "INC-7", "may do everything");
        for (String lead : List.of("U0BOB", "U0EVE")) {
            assertThat(world.workspace.messages(lead))
                    .singleElement()
                    .satisfies(message -> assertThat(message.text()).contains("INC-7"));
        }
    }

    private void extend(RequestId id, Extension.State state) {
        extend(id, Duration.ofMinutes(30), state, new Approval("U0BOB", world.now()));
    }

    private void extend(RequestId id, Duration by, Extension.State state, Approval... approvals) {
        Stored stored = world.stored(id);
        var extension = new Extension(by, "not done yet", world.now(), List.of(approvals), state);
        world.table.write(Change.of(stored, ((Granted) stored.request()).extension(extension)));
    }
}
